//! The page held to axe-core's rules.

use std::fs;

use serde_json::Value;

use super::page::Page;
use super::told;

impl Page {
    /// What axe-core objects to: the rule, what it asks for, and where.
    pub async fn accessibility_violations(&self) -> Vec<String> {
        let axe = fs::read_to_string(told("ZABSCOPE_AXE")).expect("axe-core can be read");
        self.run(&axe, vec![]).await;
        let audit = "const answer = arguments[arguments.length - 1];
                     axe.run().then(answer, (error) => answer({ error: String(error) }));";
        let report = self.run_until_called(audit, vec![]).await;
        let passes = report["passes"].as_array().map_or(0, Vec::len);
        assert!(passes > 5, "axe-core looked at the page and found next to nothing: {report}");
        report["violations"].as_array().into_iter().flatten().map(describe).collect()
    }
}

fn describe(violation: &Value) -> String {
    let places = violation["nodes"].as_array().into_iter().flatten();
    let places = places.map(|node| node["html"].as_str().unwrap_or_default());
    let places = places.collect::<Vec<_>>().join("\n    ");
    format!("{}: {}\n    {places}", violation["id"], violation["help"])
}
