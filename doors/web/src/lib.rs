//! The engine in a browser: a request as JSON goes in, an answer as JSON comes out.
//!
//! The page writes a request where [`request`] points to, calls [`ask`], and reads as many bytes as that returns where
//! [`answer`] points to. What may be asked and what is answered stands in [`door`]; it needs no browser to be tested.

pub mod door;

use std::sync::Mutex;

static REQUEST: Mutex<Vec<u8>> = Mutex::new(Vec::new());
static ANSWER: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// Room for a request of so many bytes.
#[unsafe(no_mangle)]
pub extern "C" fn request(len: usize) -> *mut u8 {
    let mut request = held(&REQUEST);
    *request = vec![0; len];
    request.as_mut_ptr()
}

/// Answers the request; how many bytes the answer has.
#[unsafe(no_mangle)]
pub extern "C" fn ask() -> usize {
    let asked = std::mem::take(&mut *held(&REQUEST));
    let text = door::answer(&String::from_utf8_lossy(&asked));
    let mut answer = held(&ANSWER);
    *answer = text.into_bytes();
    answer.len()
}

/// Where the answer stands until the next one.
#[unsafe(no_mangle)]
pub extern "C" fn answer() -> *const u8 {
    held(&ANSWER).as_ptr()
}

/// A page has one thread, so that nobody holds it.
fn held(bytes: &Mutex<Vec<u8>>) -> std::sync::MutexGuard<'_, Vec<u8>> {
    bytes.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
