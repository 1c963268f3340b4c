//! What the page exchanges with the browser around it: its address, the clipboard, files.

use gloo_events::{EventListener, EventListenerOptions};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, DragEvent, File, HtmlAnchorElement, HtmlInputElement, Url, window};
use yew::Callback;

use crate::viewer::share::{FILE_BYTES_MAX, Problem, is_link};

/// The page's address without its fragment.
pub fn address() -> String {
    let href = window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    href.split_once('#').map_or(href.as_str(), |(page, _)| page).to_owned()
}

/// The fragment of the page's address, where it means to be a link.
pub fn link_in_address() -> Option<String> {
    let hash = window()?.location().hash().ok()?;
    let fragment = hash.strip_prefix('#')?;
    is_link(fragment).then(|| fragment.to_owned())
}

/// Takes the link out of the page's address: what is shown is no longer what it leads to.
pub fn clear_address() {
    let history = window().and_then(|window| window.history().ok());
    if let Some(history) = history {
        // It fails on pages without an address of their own, which keep it then.
        history.replace_state_with_url(&JsValue::NULL, "", Some(&address())).ok();
    }
}

/// Copies a text, and says whether the browser let it.
pub fn copy(text: String, done: Callback<bool>) {
    spawn_local(async move {
        // Away from secure origins there is no clipboard.
        let clipboard = window().map(|window| window.navigator()).and_then(|navigator| {
            let clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into()).ok()?;
            clipboard.dyn_into::<web_sys::Clipboard>().ok()
        });
        let copied = match clipboard {
            Some(clipboard) => JsFuture::from(clipboard.write_text(&text)).await.is_ok(),
            None => false,
        };
        done.emit(copied);
    });
}

/// Selects the text of a field.
pub fn select_field(id: &str) {
    let document = window().and_then(|window| window.document());
    let field = document.and_then(|document| document.get_element_by_id(id));
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
        field.focus().ok();
        field.select();
    }
}

/// Saves bytes as a file, where the browser keeps files. False where it does not.
pub fn save(name: &str, bytes: &[u8]) -> bool {
    save_or_fail(name, bytes).is_ok()
}

fn save_or_fail(name: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let parts = Array::of1(&Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence(&parts)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let document = window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let anchor: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.click();
    Url::revoke_object_url(&url)
}

/// What came of reading a file.
pub type FileRead = Result<Vec<u8>, Problem>;

/// Reads a file; one that is too large is not touched.
pub fn read(file: File, done: Callback<FileRead>) {
    spawn_local(async move {
        if file.size() > FILE_BYTES_MAX as f64 {
            return done.emit(Err(Problem::TooLarge { limit: FILE_BYTES_MAX }));
        }
        // A folder, or a file that is gone meanwhile.
        let buffer = JsFuture::from(file.array_buffer()).await.map_err(|_| Problem::Foreign);
        done.emit(buffer.map(|buffer| Uint8Array::new(&buffer).to_vec()));
    });
}

/// Follows the address, files that are dropped onto the page, and its end.
pub fn listeners(
    visit: Callback<String>,
    file: Callback<File>,
    leave: Callback<()>,
) -> [EventListener; 4] {
    let window = window().expect("a page has a window");
    let changed = EventListener::new(&window, "hashchange", move |_| {
        if let Some(fragment) = link_in_address() {
            visit.emit(fragment);
        }
    });
    let left = EventListener::new(&window, "pagehide", move |_| leave.emit(()));
    let options = EventListenerOptions::enable_prevent_default();
    // Without this the browser would leave the page for the file.
    let over = EventListener::new_with_options(&window, "dragover", options, |event| {
        if dragged(event).is_some() {
            event.prevent_default();
        }
    });
    let dropped = EventListener::new_with_options(&window, "drop", options, move |event| {
        let Some(files) = dragged(event) else { return };
        event.prevent_default();
        if let Some(first) = files.files().and_then(|files| files.get(0)) {
            file.emit(first);
        }
    });
    [changed, left, over, dropped]
}

/// What is dragged, where there are files among it.
fn dragged(event: &web_sys::Event) -> Option<web_sys::DataTransfer> {
    let data = event.dyn_ref::<DragEvent>()?.data_transfer()?;
    data.types().iter().any(|kind| kind.as_string().as_deref() == Some("Files")).then_some(data)
}
