//! What the command line asks for.

use std::time::Duration;

use zabscope::zab::Switch;

use crate::model::Scope;
use crate::state::Budget;

pub const USAGE: &str = "\
zabscope-model [--rule NAME | --rules] [--short] [--lags]
               [--txns N] [--crashes N] [--cuts N] [--epochs N]
               [--threads N] [--minutes N] [--memory MIB]
  nothing       exhausts the scope under the default rules and tests every property in every state
  --rule NAME   with this rule switched off, up to the first state that breaks a property
  --rules       the same for every rule, as a table
  --short       a scope of some seconds, for continuous integration
  --lags        the commit step is a step of its own
Without options the scope is 2 transactions, 1 crash, 1 cut, epochs up to 3; two threads.";

pub enum What {
    Default,
    Rules(Vec<Switch>),
}

pub struct Request {
    pub what: What,
    pub scope: Scope,
    pub threads: usize,
    pub limit: Duration,
    pub memory_mebibytes: u64,
}

/// Reads the words behind the command.
pub fn parse(words: &[String]) -> Result<Request, String> {
    let budget = Budget { txns: 2, crashes: 1, cuts: 1 };
    let mut request = Request {
        what: What::Default,
        scope: Scope { budget, epochs: 3, lags: false },
        threads: 2,
        limit: Duration::from_secs(24 * 3600),
        memory_mebibytes: 8 * 1024,
    };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or(format!("{word} needs a value."));
        let budget = &mut request.scope.budget;
        match word.as_str() {
            "--rules" => request.what = What::Rules(Switch::ALL.to_vec()),
            "--rule" => {
                let name = value()?;
                let switch = Switch::from_name(name).ok_or(format!("There is no rule {name}."))?;
                request.what = What::Rules(vec![switch]);
            }
            "--short" => *budget = Budget { txns: 1, crashes: 1, cuts: 1 },
            "--lags" => request.scope.lags = true,
            "--txns" => budget.txns = number(word, value()?)?,
            "--crashes" => budget.crashes = number(word, value()?)?,
            "--cuts" => budget.cuts = number(word, value()?)?,
            "--epochs" => request.scope.epochs = number::<u32>(word, value()?)?,
            "--threads" => request.threads = number(word, value()?)?,
            "--minutes" => {
                request.limit = Duration::from_secs(60 * number::<u64>(word, value()?)?);
            }
            "--memory" => request.memory_mebibytes = number(word, value()?)?,
            other => return Err(format!("There is no option {other}.")),
        }
    }
    Ok(request)
}

fn number<T: std::str::FromStr>(option: &str, word: &str) -> Result<T, String> {
    word.parse().map_err(|_| format!("{option} needs a small number and not {word}."))
}
