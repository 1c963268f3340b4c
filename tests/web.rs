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

/// The picture that `zabsim run --svg` writes is drawn here with the same bytes.
#[wasm_bindgen_test]
fn a_picture_has_the_bytes_that_it_has_natively() {
    use zabscope::run::Run;
    use zabscope::scenario::Preset;
    use zabscope::view::spacetime::{SvgFrame, Tokens, export};

    let scenario = Preset::find("leader-crash").expect("a preset").scenario();
    let mut run = Run::new(&scenario).expect("a preset is sound");
    run.run_until(scenario.until);
    let picture = export(&run, SvgFrame::default(), &Tokens::of("light").expect("a theme"));
    let hash = picture.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let found = format!("{} {hash:016x}", picture.len());
    assert_eq!(found, include_str!("spacetime/leader-crash.hash").trim());
}
