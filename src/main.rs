//! The page: mounts the interface, nothing else.

#[cfg(target_arch = "wasm32")]
fn main() {
    use yew::{Html, function_component, html};

    #[function_component]
    fn Page() -> Html {
        html! {}
    }

    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("app"))
        .expect("index.html has an element with id app");
    yew::Renderer::<Page>::with_root(root).render();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("zabscope is a web page: run `cargo xtask serve`; without a browser, run zabsim");
    std::process::exit(2);
}
