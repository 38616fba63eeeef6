//! Ctrl-C: what is under way ends in good order.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use anyhow::Result;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

/// The exit code of what Ctrl-C has ended, as shells have it.
const ENDED: i32 = 130;

/// Has the first Ctrl-C, or request to end, set a flag; a second one ends the process at once.
pub fn set(stop: &Arc<AtomicBool>) -> Result<()> {
    for signal in [SIGINT, SIGTERM] {
        // In this order: the flag that the first one sets is seen by the second.
        flag::register_conditional_shutdown(signal, ENDED, Arc::clone(stop))?;
        flag::register(signal, Arc::clone(stop))?;
    }
    Ok(())
}
