//! Installs what is missing with rustup, npm, pip and Debian's package manager.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::run;
use crate::setup::NeedsYou;
use crate::setup::needs::{Need, Remedy};
use crate::workspace;

/// Read when a PostgreSQL server package is installed, which would otherwise make a cluster and start it at once.
const NO_MAIN_CLUSTER: &str = "/etc/postgresql-common/createcluster.d/agora-setup.conf";

/// Read when a package with a server is installed, which would otherwise be started at once. 101 means "not allowed".
const NO_SERVICES: &str = "/usr/sbin/policy-rc.d";

/// Everything to be done, once it is known that all of it can be.
pub(crate) struct Plan {
    rustup: Vec<&'static [&'static str]>,
    npm: Vec<&'static str>,
    python: bool,
    packages: Vec<&'static str>,
    privilege: Privilege,
}

/// How this user installs system packages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Privilege {
    Root,
    Sudo,
}

/// Sorts the remedies, or says everything that somebody has to do by hand, all at once.
pub(crate) fn plan(missing: &[&Need]) -> Result<Plan> {
    let has_apt = run::is_in_path("apt-get");
    let has_rustup = run::is_in_path("rustup");
    let privilege = privilege();
    let mut plan = Plan {
        rustup: Vec::new(),
        npm: Vec::new(),
        python: false,
        packages: Vec::new(),
        privilege: privilege.unwrap_or(Privilege::Root),
    };
    let mut by_hand = Vec::new();
    for need in missing {
        match &need.remedy {
            Remedy::Rustup(arguments) if has_rustup => plan.rustup.push(arguments),
            Remedy::Npm(folder) => plan.npm.push(folder),
            Remedy::Python => plan.python = true,
            Remedy::System { debian, .. } if has_apt && privilege.is_some() => plan.packages.extend(*debian),
            remedy => by_hand.push(format!("  {}. {}", need.what, remedy.by_hand())),
        }
    }
    if by_hand.is_empty() {
        return Ok(plan);
    }
    let reason = if has_apt && privilege.is_none() { " (you are not root, and there is no sudo)" } else { "" };
    Err(NeedsYou(format!("Please install first what this program cannot{reason}:\n{}", by_hand.join("\n"))).into())
}

impl Plan {
    pub(crate) fn carry_out(&self) -> Result<()> {
        for arguments in &self.rustup {
            run::visibly(run::in_root("rustup").args(*arguments))?;
        }
        if !self.packages.is_empty() {
            self.install_packages()?;
        }
        for folder in &self.npm {
            let mut npm = Command::new("npm");
            run::visibly(npm.args(["ci", "--no-audit", "--no-fund"]).current_dir(workspace::root().join(folder)))?;
        }
        if self.python {
            install_python_packages()?;
        }
        Ok(())
    }

    fn install_packages(&self) -> Result<()> {
        let has_postgres = self.packages.contains(&"postgresql");
        if has_postgres {
            self.forbid_main_cluster()?;
        }
        let has_nginx = self.packages.contains(&"nginx");
        // Where there is such a file already, somebody has decided.
        let forbids_services = has_nginx && !Path::new(NO_SERVICES).exists();
        if forbids_services {
            self.forbid_services()?;
        }
        // An index that is partly out of reach may still have what is wanted; the installation itself tells.
        if let Err(error) = run::quietly(self.as_root("apt-get").args(["update", "--quiet=2"])) {
            eprintln!("{error:#}; going on with the package index as it is");
        }
        let installed = run::quietly(
            self.as_root("env")
                .args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "install"])
                .args(["--yes", "--quiet=2", "--no-install-recommends"])
                .args(&self.packages),
        );
        if has_postgres {
            run::visibly(self.as_root("rm").args(["--force", NO_MAIN_CLUSTER]))?;
        }
        if forbids_services {
            run::visibly(self.as_root("rm").args(["--force", NO_SERVICES]))?;
        }
        if has_nginx && run::is_in_path("systemctl") {
            run::visibly(self.as_root("systemctl").args(["disable", "nginx"]))?;
        }
        installed.with_context(|| format!("cannot install {}", self.packages.join(" ")))
    }

    /// Agora's clusters are its own: nobody asked for a server that starts with the machine.
    fn forbid_main_cluster(&self) -> Result<()> {
        let folder = Path::new(NO_MAIN_CLUSTER).parent().context("the file is in a folder")?;
        run::visibly(self.as_root("mkdir").arg("-p").arg(folder))?;
        let script = format!("echo 'create_main_cluster = false' > {NO_MAIN_CLUSTER}");
        run::visibly(self.as_root("sh").args(["-c", &script]))
    }

    /// Nor for a web server that does.
    fn forbid_services(&self) -> Result<()> {
        let script = format!("printf '#!/bin/sh\\nexit 101\\n' > {NO_SERVICES} && chmod +x {NO_SERVICES}");
        run::visibly(self.as_root("sh").args(["-c", &script]))
    }

    fn as_root(&self, program: &str) -> Command {
        match self.privilege {
            Privilege::Root => Command::new(program),
            Privilege::Sudo => {
                let mut command = Command::new("sudo");
                command.arg(program);
                command
            }
        }
    }
}

fn install_python_packages() -> Result<()> {
    let (folder, list) = (workspace::python()?, workspace::root().join("tests").join(workspace::REQUIREMENTS));
    run::quietly(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder))?;
    let mut pip = Command::new(folder.join("bin/pip"));
    run::quietly(pip.args(["install", "--quiet", "--disable-pip-version-check", "--requirement"]).arg(&list))?;
    // At the end, so that an installation that was broken off is begun anew.
    fs::copy(&list, folder.join(workspace::REQUIREMENTS)).context("cannot keep the list of Python packages")?;
    Ok(())
}

fn privilege() -> Option<Privilege> {
    let user = run::output(Command::new("id").arg("-u"));
    if user.is_ok_and(|id| id.trim() == "0") {
        Some(Privilege::Root)
    } else {
        run::is_in_path("sudo").then_some(Privilege::Sudo)
    }
}
