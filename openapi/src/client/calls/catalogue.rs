//! The directory of employees and the municipality's texts.

use super::{Answer, Call};
use crate::{
    client::{Client, Transport, operations as op},
    employees::{Employee, EmployeeQuery},
    page::Page,
    texts::{Text, TextName},
};

impl<T: Transport> Client<T> {
    /// Employees, by name.
    ///
    /// # Errors
    /// `permission.denied` for those who do not pick people.
    pub async fn list_employees(&self, query: &EmployeeQuery) -> Answer<Page<Employee>> {
        self.read(Call::new(op::LIST_EMPLOYEES).query(query)).await
    }

    /// A text of the municipality in its current version.
    ///
    /// # Errors
    /// Only [`Error`](crate::client::Error)'s general reasons.
    pub async fn get_text(&self, name: TextName) -> Answer<Text> {
        self.read(Call::new(op::GET_TEXT).at(name)).await
    }
}
