//! Compiles the two apps to WebAssembly and makes them loadable: bindings, optimiser, boot script.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::thread;

use anyhow::{Context, Result, anyhow};
use wasm_bindgen_cli_support::{Bindgen, Output};

use crate::page::Mode;
use crate::page::assets::Assets;
use crate::page::manifest::App;
use crate::{run, workspace};

const TARGET: &str = "wasm32-unknown-unknown";

/// What starts an app: with the addresses of its parts in it.
const BOOT: &str = include_str!("boot.js");

/// The frontend crate's binaries, each an app of its own.
pub(crate) const APPS: [&str; 2] = ["portal", "workspace"];

/// What rustc uses without being asked, and every browser of the last years understands.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

impl Mode {
    /// Cargo's profile, and the folder it builds that profile into.
    fn profile(self) -> (&'static str, &'static str) {
        match self {
            Self::Optimised => ("wasm", "wasm"),
            Self::Fast => ("dev", "debug"),
        }
    }
}

/// Has cargo compile the apps.
pub(crate) fn compile(mode: Mode) -> Result<()> {
    let (profile, _) = mode.profile();
    run::visibly(run::cargo().args(["build", "--package", "frontend", "--bins"]).args([
        "--target",
        TARGET,
        "--profile",
        profile,
    ]))
}

/// The file that cargo compiled an app into.
pub(crate) fn compiled(app: &str, mode: Mode) -> Result<PathBuf> {
    let (_, folder) = mode.profile();
    Ok(workspace::target()?.join(TARGET).join(folder).join(app).with_extension("wasm"))
}

/// Adds each app's files.
pub(crate) fn bind(mode: Mode, assets: &mut Assets) -> Result<BTreeMap<String, App>> {
    let mut apps = BTreeMap::new();
    for (name, bound) in APPS.into_iter().zip(bind_all(mode)) {
        let app = bound.and_then(|bound| bound.add_to(assets, name));
        apps.insert(name.to_owned(), app.with_context(|| format!("cannot make the app `{name}`"))?);
    }
    Ok(apps)
}

/// What becomes of one app's program before its files have addresses.
struct Bound {
    program: Vec<u8>,
    /// The script that connects the program with the browser.
    bindings: String,
    /// Scripts that dependencies bring along, by the path under which the bindings import them.
    snippets: Vec<(String, String)>,
}

/// Both at once: the optimiser takes most of the time, and one app does not keep two processors busy.
fn bind_all(mode: Mode) -> [Result<Bound>; APPS.len()] {
    thread::scope(|scope| {
        APPS.map(|name| scope.spawn(move || Bound::new(name, mode)))
            .map(|thread| thread.join().unwrap_or_else(|_| Err(anyhow!("its thread panicked"))))
    })
}

impl Bound {
    fn new(name: &str, mode: Mode) -> Result<Self> {
        let mut output = Bindgen::new()
            .input_path(compiled(name, mode)?)
            .web(true)?
            .typescript(false)
            // The boot script names the file, whose hash the bindings cannot know.
            .omit_default_module_path(true)
            .keep_debug(mode == Mode::Fast)
            .remove_name_section(mode == Mode::Optimised)
            .remove_producers_section(true)
            .generate_output()?;
        let program = output.wasm_mut().emit_wasm();
        Ok(Self {
            program: match mode {
                Mode::Optimised => optimise(name, &program)?,
                Mode::Fast => program,
            },
            bindings: output.js().to_owned(),
            snippets: snippets(&output),
        })
    }

    fn add_to(mut self, assets: &mut Assets, name: &str) -> Result<App> {
        for (path, script) in &self.snippets {
            let url = assets.add(&format!("{name}-snippets/{path}"), script.as_bytes())?;
            self.bindings = self.bindings.replace(&format!("./snippets/{path}"), &url);
        }
        let wasm = assets.add(&format!("{name}.wasm"), &self.program)?;
        let module = assets.add(&format!("{name}.js"), self.bindings.as_bytes())?;
        // A file of its own, because the content security policy forbids scripts inside the page.
        let boot = BOOT.replace("{module}", &module).replace("{wasm}", &wasm);
        let script = assets.add(&format!("boot-{name}.js"), boot.as_bytes())?;
        Ok(App { script, module, wasm })
    }
}

fn snippets(output: &Output) -> Vec<(String, String)> {
    let inline = output.snippets().iter().flat_map(|(package, scripts)| {
        let numbered = scripts.iter().enumerate();
        numbered.map(move |(number, script)| (format!("{package}/inline{number}.js"), script.clone()))
    });
    let local = output.local_modules().iter().map(|(path, script)| (path.clone(), script.clone()));
    inline.chain(local).collect()
}

/// Binaryen's optimiser sees the whole program after the bindings are in, and takes off another tenth.
fn optimise(app: &str, program: &[u8]) -> Result<Vec<u8>> {
    let folder = workspace::target()?.join("page");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let (input, smaller) = (folder.join(format!("{app}.wasm")), folder.join(format!("{app}-small.wasm")));
    fs::write(&input, program).with_context(|| format!("cannot write {}", input.display()))?;
    run::output(
        run::in_root(workspace::node_modules().join(".bin/wasm-opt"))
            // The second time finds what the first one left.
            .args(["-Oz", "-Oz", "--strip-debug", "--strip-producers"])
            .args(FEATURES)
            .arg(&input)
            .arg("--output")
            .arg(&smaller),
    )?;
    fs::read(&smaller).with_context(|| format!("cannot read {}", smaller.display()))
}
