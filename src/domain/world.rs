//! The emulated world: projects side by side, each with its own users. A request holds on to one world from
//! its start to its end; reset and replacement put another in its place.

use std::sync::Arc;

use dashmap::DashMap;
use foldhash::fast::RandomState;
use parking_lot::RwLock;

use super::fault::{Fault, Faults};
use super::frozen_project::FrozenProject;
use super::id::ProjectId;
use super::journal::Journal;
use super::login_settings::LoginSettings;
use super::outbox::Outbox;
use super::project::Project;

/// All projects.
#[derive(Debug)]
pub struct World {
    projects: DashMap<ProjectId, Arc<Project>, RandomState>,
    order: RwLock<Vec<ProjectId>>,
    faults: Faults,
    journal: Journal,
    outbox: Outbox,
}

impl World {
    /// Sets described projects to work. A later one replaces an earlier one of the same id.
    #[must_use]
    pub fn from_frozen(frozen_projects: &[FrozenProject]) -> Self {
        Self::of(frozen_projects.iter().map(Project::from_frozen), &[])
    }

    /// A world of these projects, whose requests these faults strike.
    #[must_use]
    pub fn of(projects: impl IntoIterator<Item = Project>, faults: &[Fault]) -> Self {
        let world = Self {
            projects: DashMap::default(),
            order: RwLock::new(Vec::new()),
            faults: Faults::with(faults),
            journal: Journal::default(),
            outbox: Outbox::default(),
        };
        for project in projects {
            world.put(project);
        }
        world
    }

    /// The project with this id.
    #[must_use]
    pub fn project(&self, id: &str) -> Option<Arc<Project>> {
        self.projects.get(id).map(|project| Arc::clone(project.value()))
    }

    /// The project with this public token.
    #[must_use]
    pub fn project_by_public_token(&self, token: &str) -> Option<Arc<Project>> {
        let goes_by_it = |project: &Arc<Project>| project.login_settings().has_public_token(project.id(), token);
        let made_from = LoginSettings::project_id_in(token).and_then(|id| self.project(&id)).filter(goes_by_it);
        made_from.or_else(|| self.projects().into_iter().find(goes_by_it))
    }

    /// The faults that strike requests of every project.
    #[must_use]
    pub fn faults(&self) -> &Faults {
        &self.faults
    }

    /// What was asked of no project.
    #[must_use]
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// What would have been sent to users.
    #[must_use]
    pub fn outbox(&self) -> &Outbox {
        &self.outbox
    }

    /// How many projects there are.
    #[must_use]
    pub fn project_count(&self) -> usize {
        self.order.read().len()
    }

    /// The first project, if there is any.
    #[must_use]
    pub fn first_project(&self) -> Option<Arc<Project>> {
        let order = self.order.read();
        order.first().and_then(|id| self.project(id.as_str()))
    }

    /// All projects, in the order in which they came.
    #[must_use]
    pub fn projects(&self) -> Vec<Arc<Project>> {
        self.order.read().iter().filter_map(|id| self.project(id.as_str())).collect()
    }

    /// Puts a project in, in the place of one with the same id if there is one.
    pub fn put(&self, project: Project) -> Arc<Project> {
        let mut order = self.order.write();
        let (id, project) = (project.id().clone(), Arc::new(project));
        if self.projects.insert(id.clone(), Arc::clone(&project)).is_none() {
            order.push(id);
        }
        project
    }

    /// Takes a project out; whether there was one.
    pub fn remove(&self, id: &str) -> bool {
        let mut order = self.order.write();
        order.retain(|other| other.as_str() != id);
        self.projects.remove(id).is_some()
    }
}
