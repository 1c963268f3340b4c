//! The page: mounts the interface, nothing else.

#[cfg(target_arch = "wasm32")]
fn main() {
    zabscope::ui::start(zabscope::ui::Watched::open);
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("zabscope is a web page: run `cargo xtask serve`; without a browser, run zabsim");
    std::process::exit(2);
}
