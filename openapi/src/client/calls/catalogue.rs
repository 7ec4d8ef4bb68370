//! The directory of employees and the municipality's texts.

use super::{Answer, Call, operations};
use crate::{
    client::{Client, Transport},
    employees::{Employee, EmployeeQuery},
    page::Page,
    texts::{Text, TextName},
};

operations! {
    /// Employees, by name.
    ///
    /// # Errors
    /// `permission.denied` for those who do not pick people.
    LIST_EMPLOYEES = Get "/employees", list_employees(query query: &EmployeeQuery) reads Page<Employee>;

    /// A text of the municipality in its current version.
    ///
    /// # Errors
    /// Only [`Error`](crate::client::Error)'s general reasons.
    GET_TEXT = Get "/texts/{}", get_text(at name: TextName) reads Text;
}
