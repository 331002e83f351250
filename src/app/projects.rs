//! Projects made while the emulator runs: one for each parallel test worker, with credentials of its own, and people
//! who are shared with the template until somebody changes them.

use std::sync::Arc;

use super::core::App;
use super::running_world::{RunningWorld, SteerError};
use crate::domain::JsonObject;
use crate::domain::frozen_project::FrozenProject;
use crate::domain::id::{Environment, ProjectId};
use crate::domain::login_settings::LoginSettings;
use crate::domain::project::Project;
use crate::domain::secret::Secret;
use crate::wire::seed::report::{Problem, Source};
use crate::wire::seed::{Counts, Seed, SeedClock, Terms, Unnamed};

/// The most projects that a world takes while it runs.
const MAX_PROJECTS: usize = 10_000;

/// What makes a project's entry a seed, so that both are read alike.
const BEFORE: &str = r#"{"projects":["#;
const AFTER: &str = "]}";

/// A problem as it looks to whoever wrote the entry alone.
fn unwrap(problem: Problem) -> Problem {
    let column = if problem.line == 1 { problem.column.saturating_sub(BEFORE.len()).max(1) } else { problem.column };
    Problem { column, path: problem.path.replacen("$.projects[0]", "$", 1), ..problem }
}

/// What proves a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The project's id.
    pub project_id: String,
    /// A secret of its own.
    pub secret: String,
    /// What browsers and apps name it by.
    pub public_token: String,
}

impl App {
    /// Makes a project: a clone of the seed's first, or of the one named `from` as it is now.
    ///
    /// # Errors
    /// If there is no such project, or there are too many.
    pub fn clone_project(&self, from: Option<&str>) -> Result<Credentials, SteerError> {
        self.provide_named(from)?;
        let _turn = self.swapping.lock();
        let running_world = self.running_world();
        let template = match from {
            Some(_) => running_world.project(from)?.frozen(),
            None => self.template(&running_world)?,
        };
        let (id, secret) = self.fresh_credentials(&running_world);
        add_clone(&running_world, template, id, Secret::parse(&secret)).map(|project| credentials(&project))
    }

    /// The project that a caller with unknown credentials asks for, if they get one (`--projects auto`): a clone of the
    /// seed's first. Of several callers at once, one makes it, and the first secret is the project's.
    ///
    /// # Errors
    /// If the secret is empty, or there are too many projects.
    pub fn provide_project(
        &self,
        running_world: &RunningWorld,
        id: &str,
        secret: &str,
    ) -> Result<Option<Arc<Project>>, SteerError> {
        let Some(id) = self.id_to_provide(id) else { return Ok(None) };
        let secret = Secret::parse(secret).ok_or_else(|| SteerError::Invalid("the secret is empty".to_owned()))?;
        let project = self.find_or_clone(running_world, id)?;
        project.adopt(secret);
        Ok(Some(project))
    }

    /// Makes the project that a call of the control plane names, if callers get theirs: whoever is to be steered from
    /// its first call on is there before it. Its secret is the first that is brought.
    ///
    /// # Errors
    /// If there are too many projects.
    pub(super) fn provide_named(&self, id: Option<&str>) -> Result<(), SteerError> {
        let Some(id) = id.and_then(|id| self.id_to_provide(id).filter(|canonical| canonical.as_str() == id)) else {
            return Ok(());
        };
        self.find_or_clone(&self.running_world(), id).map(drop)
    }

    /// The world, in which the project that a call of the control plane names is made, if callers get theirs.
    ///
    /// # Errors
    /// If there are too many projects.
    pub fn running_world_with(&self, project_id: Option<&str>) -> Result<Arc<RunningWorld>, SteerError> {
        self.provide_named(project_id)?;
        Ok(self.running_world())
    }

    /// Whether projects are made on demand, and one of this id.
    fn id_to_provide(&self, id: &str) -> Option<ProjectId> {
        let is_meant = self.settings.auto_projects && ProjectId::is_vendor_form(id);
        ProjectId::parse(id).ok().filter(|id| is_meant && id.environment() == Environment::Test)
    }

    fn find_or_clone(&self, running_world: &RunningWorld, id: ProjectId) -> Result<Arc<Project>, SteerError> {
        if let Some(project) = running_world.world.project(id.as_str()) {
            return Ok(project);
        }
        let _turn = self.swapping.lock();
        match running_world.world.project(id.as_str()) {
            Some(project) => Ok(project),
            None => add_clone(running_world, self.template(running_world)?, id, None),
        }
    }

    /// Makes a project from its entry in a seed.
    ///
    /// # Errors
    /// Every problem of the entry, or that its id is taken.
    pub fn add_project(&self, source: &Source) -> Result<Credentials, SteerError> {
        let _turn = self.swapping.lock();
        let running_world = self.running_world();
        let now = running_world.clock.now();
        let wrapped = Source { name: source.name.clone(), text: format!("{BEFORE}{}{AFTER}", source.text) };
        let (id, secret) = self.fresh_credentials(&running_world);
        let unnamed = Unnamed { id, secrets: Secret::parse(&secret).into_iter().collect() };
        let terms = Terms { clock: SeedClock::Running(now), operations: &self.operations, unnamed };
        let seed = self.entropy.ids(|ids| Seed::load(&[wrapped], &terms, ids));
        let seed = seed.map_err(|problems| SteerError::Problems(problems.into_iter().map(unwrap).collect()))?;
        let frozen = seed.frozen_projects(self.settings.rate_limit).into_iter().next();
        let frozen = frozen.ok_or_else(|| SteerError::Invalid("the body describes no project".to_owned()))?;
        // what the wrapping makes a list of projects is none by itself
        serde_json::from_str::<JsonObject>(&source.text)
            .map_err(|error| SteerError::Invalid(format!("the body describes no project: {error}")))?;
        if running_world.world.project(frozen.id.as_str()).is_some() {
            return Err(SteerError::Conflict(format!("project {} is there already", frozen.id)));
        }
        check_room(&running_world)?;
        Ok(credentials(&running_world.world.put(Project::from_frozen(&frozen))))
    }

    /// Takes a project away, its snapshots and its messages.
    ///
    /// # Errors
    /// If it is not there.
    pub fn delete_project(&self, id: &str) -> Result<(), SteerError> {
        let _turn = self.swapping.lock();
        let running_world = self.running_world();
        if !running_world.world.remove(id) {
            return Err(SteerError::NotFound(format!("there is no project {id}")));
        }
        if let Ok(id) = ProjectId::parse(id) {
            running_world.world.outbox().clear_project(&id);
        }
        self.snapshots.lock().retain(|(of, _), _| of.as_deref() != Some(id));
        Ok(())
    }

    /// The credentials of every project.
    #[must_use]
    pub fn projects(&self) -> Vec<Credentials> {
        self.running_world().world.projects().iter().map(|project| credentials(project)).collect()
    }

    fn fresh_credentials(&self, running_world: &RunningWorld) -> (ProjectId, String) {
        self.entropy.ids(|ids| {
            loop {
                let id = ProjectId::new(Environment::Test, ids.uuid());
                // a snapshot may have brought back the project that had this id of a chosen id seed
                if running_world.world.project(id.as_str()).is_none() {
                    return (id, format!("secret-test-{}", ids.session_token()));
                }
            }
        })
    }

    /// What new projects are cloned from: the seed's first project, fresh.
    fn template(&self, running_world: &RunningWorld) -> Result<FrozenProject, SteerError> {
        let frozen_projects = self.boot.load().frozen_projects(running_world.clock.now(), &self.settings);
        let none = || SteerError::NotFound("the seed has no project to clone".to_owned());
        frozen_projects.into_iter().next().ok_or_else(none)
    }
}

fn add_clone(
    running_world: &RunningWorld,
    template: FrozenProject,
    id: ProjectId,
    secret: Option<Secret>,
) -> Result<Arc<Project>, SteerError> {
    check_room(running_world)?;
    let login_settings = Arc::new(LoginSettings { public_tokens: Vec::new(), ..(*template.login_settings).clone() });
    let frozen = FrozenProject { id, secrets: secret.into_iter().collect(), login_settings, ..template };
    Ok(running_world.world.put(Project::from_frozen(&frozen)))
}

pub(super) fn check_room(running_world: &RunningWorld) -> Result<(), SteerError> {
    if running_world.world.project_count() >= MAX_PROJECTS {
        return Err(SteerError::Full(format!("there are {MAX_PROJECTS} projects; delete some, or reset")));
    }
    Ok(())
}

pub(super) fn credentials(project: &Project) -> Credentials {
    Credentials {
        project_id: project.id().to_string(),
        secret: project.secrets().first().map(|secret| secret.reveal().to_owned()).unwrap_or_default(),
        public_token: project.login_settings().public_token(project.id()).into_owned(),
    }
}

/// How much there is in some projects.
pub(super) fn counts(projects: &[&Project]) -> Counts {
    let users: Vec<_> = projects.iter().flat_map(|project| project.users()).collect();
    Counts { projects: projects.len(), users: users.len(), sessions: users.iter().map(|record| record.sessions.len()).sum() }
}
