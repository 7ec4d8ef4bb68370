//! The program that looks at files, and the turns at it. What it is asked and what it says stands in `attachments/apart/`.

use std::{
    env, io,
    path::{Path, PathBuf},
    time::Duration,
};

use crate::heavy::{Lanes, Turns};

/// How long a content waits for its turn: longer than any other one may take of a core, because who sent little lately
/// comes next.
const TURN_WITHIN: Duration = Duration::from_secs(30);

/// Looks at contents: as many at once as there are cores, and as many beside them of those that are read at once.
#[derive(Debug, Clone)]
pub struct Looking {
    pub(crate) program: PathBuf,
    pub(crate) inspecting: Lanes,
    /// The turn at making the sizes of an image: one at a time, because each takes much memory.
    pub(crate) sizing: Turns,
}

impl Looking {
    /// With the program that is running, also when another file lies in its place by now: on Linux the system knows it by
    /// itself, and a newer one could speak otherwise.
    ///
    /// # Errors
    /// When the system does not say which it is.
    pub fn with_this_program() -> io::Result<Self> {
        let itself = Path::new("/proc/self/exe");
        Ok(Self::with(if itself.exists() { itself.to_owned() } else { env::current_exe()? }))
    }

    /// With this program, which is `agora` or understands its command.
    #[must_use]
    pub fn with(program: PathBuf) -> Self {
        let inspecting = || Turns::one_a_core().within(TURN_WITHIN);
        let sizing = Turns::one().within(TURN_WITHIN);
        Self { program, inspecting: Lanes::new(inspecting(), inspecting()), sizing }
    }
}
