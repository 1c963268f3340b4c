//! Every language, switched in mid-run, and nothing on the page that no locale file says.

use serde_json::Value;

use crate::harness::{Page, Screen, Site, dist, tell};

const CHINESE: Screen = Screen { language: "zh", ..Screen::LAPTOP };

#[tokio::test]
async fn the_language_is_switched_in_mid_run() {
    let site = Site::serve(dist(), "/");
    tell(Screen::LAPTOP, site.url(""), async |page: Page| {
        page.see("button", "S*, leading, *").await;
        page.press("C").await;
        page.see("button", "S*, no power, *").await;
        page.click("button", "中文").await;
        page.see("button", "S*，已断电，*").await;
        page.see("button", "发送写请求").await;
        assert_eq!(language(&page).await, "zh");
        page.press("y").await;
        page.see("button", "Send a write").await;
        assert_eq!(language(&page).await, "en");
    })
    .await;
}

#[tokio::test]
async fn the_whole_of_a_crash_is_told_in_chinese() {
    let site = Site::serve(dist(), "/");
    tell(CHINESE, site.url(""), async |page: Page| {
        page.see("button", "S*，领导者，*").await;
        page.click("button", "领导者崩溃").await;
        page.see("button", "S*，已断电，*").await;
        page.see("button", "S*，领导者，纪元 2，*").await;
        page.press("?").await;
        page.see("dialog", "快捷键").await;
        page.press("l").await;
        page.see("dialog", "图例").await;
        page.settle().await;
        let violations = page.accessibility_violations().await;
        assert!(violations.is_empty(), "axe-core objects:\n{}", violations.join("\n"));
    })
    .await;
}

async fn language(page: &Page) -> String {
    let language = page.run("return document.documentElement.lang;", vec![]).await;
    language.as_str().unwrap_or_default().to_owned()
}

/// All that can be read or heard, but what stands between the marks of the pseudo-language: text
/// nodes, names and titles.
const UNMARKED: &str = r#"
const said = [];
const walker = document.createTreeWalker(document.getElementById("app"), NodeFilter.SHOW_TEXT);
let sentence = "";
let block = null;
const end = () => { if (sentence.trim()) said.push(sentence); sentence = ""; };
while (walker.nextNode()) {
  const parent = walker.currentNode.parentElement;
  // Commands and what a console answers are ZooKeeper's own words in every language.
  if (parent.closest("script, style, kbd, code, [role=log]")) continue;
  const blocks = "p, li, button, h1, h2, h3, td, th, dt, dd, label, text, option, div";
  const next = parent.closest(blocks);
  if (next !== block) end();
  block = next;
  sentence += walker.currentNode.data;
}
end();
for (const name of ["aria-label", "title", "placeholder", "aria-valuetext"]) {
  for (const element of document.querySelectorAll(`#app [${name}]`)) {
    said.push(element.getAttribute(name));
  }
}
const unmarked = (text) => {
  let depth = 0;
  let rest = "";
  for (const letter of text) {
    if (letter === "⟦") depth += 1;
    else if (letter === "⟧") depth -= 1;
    else if (depth === 0) rest += letter;
  }
  return rest;
};
// Prose: two words of small letters, one after the other. Names of the protocol and of operations
// stand alone or before a path.
const prose = /(^|\s)[A-Za-z]?[a-z]{2,}\s+[a-z]{3,}(?=$|[\s.,:;])/;
const found = said.map(unmarked).filter((text) => prose.test(text));
return [...new Set(found)];
"#;

#[tokio::test]
async fn nothing_on_the_page_is_said_by_no_locale_file() {
    let site = Site::serve(dist(), "/");
    tell(Screen::LAPTOP, site.url("?lang=qps-ploc"), async |page: Page| {
        page.see("button", "*S*leading*").await;
        for (state, keys) in [
            ("at first", ""),
            ("after a write", "w"),
            ("with a server inspected", "2"),
            ("with the legend", "l"),
            ("with the keys", "l?"),
            ("with a server down", "?c"),
        ] {
            page.press(keys).await;
            page.settle().await;
            let found = page.run(UNMARKED, vec![]).await;
            let found: Vec<&str> =
                found.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            assert!(found.is_empty(), "said {state} by no locale file: {found:#?}");
        }
    })
    .await;
}
