//! The page's parts in a real browser: what only a browser can show.

#![cfg(target_arch = "wasm32")]

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::window;

wasm_bindgen_test_configure!(run_in_browser);

/// The tests run where the page runs: a document, and a yew component rendered into it.
#[wasm_bindgen_test]
async fn a_component_is_rendered_into_the_document() {
    use yew::{Html, Renderer, function_component, html};

    #[function_component]
    fn Greeting() -> Html {
        html! { <p>{ "five servers" }</p> }
    }

    let document = window().and_then(|window| window.document()).expect("a browser's document");
    let root = document.create_element("div").expect("a div can be made");
    Renderer::<Greeting>::with_root(root.clone()).render();
    yew::platform::time::sleep(std::time::Duration::ZERO).await;
    assert_eq!(root.inner_html(), "<p>five servers</p>");
}
