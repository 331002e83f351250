//! Scripted faults, of one project or of all.

use serde_json::Value;

use super::core::App;
use super::running_world::SteerError;
use crate::domain::fault::MAX_FAULTS;
use crate::wire::seed;
use crate::wire::seed::fault::fault_json;
use crate::wire::seed::report::Source;

impl App {
    /// Adds a fault. One that names a project applies to that project's requests alone.
    ///
    /// # Errors
    /// Every problem of the rule (an operation that is not served is one), or that there are too many.
    pub fn add_fault(&self, source: &Source, project_id: Option<&str>) -> Result<Value, SteerError> {
        let now = self.running_world().clock.now();
        let (rule, named) = seed::read_fault(source, now, &self.operations).map_err(SteerError::Problems)?;
        if let (Some(named), Some(scope)) = (named.as_deref(), project_id)
            && named != scope
        {
            return Err(SteerError::Invalid(format!("the fault names project {named}, the request {scope}")));
        }
        let project_id = named.as_deref().or(project_id);
        let running_world = self.running_world_with(project_id)?;
        let full = || SteerError::Full(format!("there are {MAX_FAULTS} faults; delete some"));
        let fault = match project_id {
            Some(_) => running_world.project(project_id)?.faults().add(rule),
            None => running_world.world.faults().add(rule),
        };
        Ok(fault_json(&fault.ok_or_else(full)?, project_id, now))
    }

    /// The faults of a project, or every fault there is, with their counts.
    ///
    /// # Errors
    /// If there is no such project.
    pub fn faults(&self, project_id: Option<&str>) -> Result<Vec<Value>, SteerError> {
        let running_world = self.running_world_with(project_id)?;
        let now = running_world.clock.now();
        let projects = running_world.projects(project_id)?;
        let mut faults = Vec::new();
        if project_id.is_none() {
            faults.extend(running_world.world.faults().all().iter().map(|fault| fault_json(fault, None, now)));
        }
        for project in projects {
            let id = project.id().as_str();
            faults.extend(project.faults().all().iter().map(|fault| fault_json(fault, Some(id), now)));
        }
        Ok(faults)
    }

    /// Deletes one fault of a project, one of all projects, or all of them. Gives how many those were.
    ///
    /// # Errors
    /// If there is no such project or fault.
    pub fn delete_faults(&self, id: Option<u64>, project_id: Option<&str>) -> Result<usize, SteerError> {
        let running_world = self.running_world_with(project_id)?;
        match (id, project_id) {
            (Some(id), _) => {
                let removed = match project_id {
                    Some(_) => running_world.project(project_id)?.faults().remove(id),
                    None => running_world.world.faults().remove(id),
                };
                let whose = project_id
                    .map_or("every project; one of a project goes with its project_id".to_owned(), |id| format!("project {id}"));
                let missing = || SteerError::NotFound(format!("there is no fault {id} of {whose}"));
                removed.then_some(1).ok_or_else(missing)
            }
            (None, Some(_)) => Ok(running_world.project(project_id)?.faults().clear()),
            (None, None) => {
                let of_projects: usize = running_world.world.projects().iter().map(|project| project.faults().clear()).sum();
                Ok(running_world.world.faults().clear() + of_projects)
            }
        }
    }
}
