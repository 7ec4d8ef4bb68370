//! The twelve hearings: whose they are, for whom, and where in their lives they stand today.

use openapi::hearings::{Audience, RespondentShown, ResponsesShown};

/// A hearing of the demonstration. People are named by their user names, days counted from today.
#[derive(Debug)]
pub(super) struct Plan {
    /// Names it among the demonstration's files.
    pub(super) name: &'static str,
    /// Title, summary, sections and conclusion.
    pub(super) text: &'static str,
    /// What answers to it are made of.
    pub(super) sentences: &'static str,
    pub(super) audience: Audience,
    pub(super) invitation_only: bool,
    pub(super) responses_shown: ResponsesShown,
    pub(super) respondent_shown: RespondentShown,
    pub(super) life: Life,
    /// The responsible owner.
    pub(super) owner: &'static str,
    pub(super) co_owners: &'static [&'static str],
    pub(super) case_workers: &'static [&'static str],
    pub(super) reviewers: &'static [&'static str],
    pub(super) invitees: &'static [&'static str],
    /// How many answers it has.
    pub(super) answers: usize,
    /// Who is surely among those who answered.
    pub(super) answered_by: &'static [&'static str],
    /// Who has begun an answer and not sent it.
    pub(super) begun_by: &'static [&'static str],
    /// Titles and file names.
    pub(super) documents: &'static [(&'static str, &'static str)],
    /// File name, content, and what stands for it where it cannot be seen.
    pub(super) picture: Option<(&'static str, &'static [u8], &'static str)>,
}

/// A hearing's days.
#[derive(Debug, Clone, Copy)]
pub(super) enum Life {
    /// Not published.
    Draft {
        /// The day on which it was begun.
        begun: i64,
        /// The day on which it was worked on last.
        touched: i64,
    },
    /// Published.
    Published {
        /// Its first day.
        start: i64,
        /// Its last day.
        deadline: i64,
        /// What became of it.
        end: End,
    },
}

/// How a hearing ended.
#[derive(Debug, Clone, Copy)]
pub(super) enum End {
    /// It has not.
    None,
    /// It was concluded on this day.
    Concluded(i64),
    /// It was cancelled on this day.
    Cancelled(i64),
}

const fn published(start: i64, deadline: i64) -> Life {
    Life::Published { start, deadline, end: End::None }
}

/// What most hearings have in common.
const INTERNAL: Plan = Plan {
    name: "",
    text: "",
    sentences: "",
    audience: Audience::Internal,
    invitation_only: false,
    responses_shown: ResponsesShown::AfterDeadline,
    respondent_shown: RespondentShown::Department,
    life: Life::Draft { begun: -6, touched: 0 },
    owner: "astrid",
    co_owners: &[],
    case_workers: &["camilla"],
    reviewers: &["bjoern"],
    invitees: &[],
    answers: 0,
    answered_by: &[],
    begun_by: &[],
    documents: &[],
    picture: None,
};

const PUBLIC: Plan =
    Plan { audience: Audience::Public, owner: "torben", case_workers: &["mads"], reviewers: &["bjoern"], ..INTERNAL };

macro_rules! text {
    ($name:literal) => {
        include_str!(concat!("demo/hearings/", $name, ".md"))
    };
}

macro_rules! sentences {
    ($name:literal) => {
        include_str!(concat!("demo/answers/", $name, ".md"))
    };
}

macro_rules! picture {
    ($name:literal) => {
        include_bytes!(concat!("demo/pictures/", $name, ".png"))
    };
}

/// All of them.
pub(super) static PLANS: [Plan; 12] = [
    Plan {
        name: "kunstig-intelligens",
        text: text!("kunstig-intelligens"),
        reviewers: &["bjoern", "jonas"],
        ..INTERNAL
    },
    Plan {
        name: "vagtplan-plejecentre",
        text: text!("vagtplan-plejecentre"),
        life: published(8, 36),
        invitees: &["grethe", "henning", "mette", "nadia"],
        ..INTERNAL
    },
    Plan {
        name: "hybridt-arbejde",
        text: text!("hybridt-arbejde"),
        sentences: sentences!("hybridt-arbejde"),
        life: published(-19, 2),
        invitees: &["jonas", "maja", "soeren", "yasmin"],
        answers: 31,
        answered_by: &["jonas"],
        begun_by: &["soeren"],
        documents: &[
            ("Udkast til retningslinje for hjemmearbejde", "retningslinje-udkast.pdf"),
            ("Trivselsmålingen 2026: spørgsmål om hjemmearbejde", "trivselsmaaling-2026.pdf"),
        ],
        picture: Some(("raadhuset.png", picture!("raadhuset"), "Rådhuset med tårn og ur, set fra torvet")),
        ..INTERNAL
    },
    Plan {
        name: "teknik-og-miljoe",
        text: text!("teknik-og-miljoe"),
        sentences: sentences!("teknik-og-miljoe"),
        invitation_only: true,
        responses_shown: ResponsesShown::Never,
        life: published(-9, 12),
        owner: "torben",
        co_owners: &["astrid"],
        invitees: &["freja", "gitte", "hassan", "kurt", "laerke", "mads", "poul", "rikke", "sofie", "yasmin"],
        answers: 6,
        ..INTERNAL
    },
    Plan {
        name: "havnearealet",
        text: text!("havnearealet"),
        sentences: sentences!("havnearealet"),
        responses_shown: ResponsesShown::WhenApproved,
        respondent_shown: RespondentShown::NameAndDepartment,
        life: published(-12, 24),
        answers: 63,
        begun_by: &["anders", "pernille"],
        documents: &[
            ("Forslag til helhedsplan for havnen", "helhedsplan-forslag.pdf"),
            ("Miljøvurdering", "miljoevurdering.pdf"),
            ("Referat af borgermødet", "referat-borgermoede.txt"),
        ],
        picture: Some(("havnen.png", picture!("havnen"), "Havnen med pakhuse, en kran og en pram i vandet")),
        ..PUBLIC
    },
    Plan {
        name: "kantinen",
        text: text!("kantinen"),
        responses_shown: ResponsesShown::WhenApproved,
        respondent_shown: RespondentShown::Nothing,
        life: published(0, 40),
        ..INTERNAL
    },
    Plan {
        name: "it-sikkerhed",
        text: text!("it-sikkerhed"),
        sentences: sentences!("it-sikkerhed"),
        life: published(-34, -6),
        invitees: &["jonas", "maja", "soeren"],
        answers: 112,
        answered_by: &["jonas", "maja"],
        documents: &[("Udkast til it-sikkerhedspolitik", "it-sikkerhedspolitik-udkast.pdf")],
        begun_by: &["soeren"],
        ..INTERNAL
    },
    Plan {
        name: "skoleveje-aabyen",
        text: text!("skoleveje-aabyen"),
        sentences: sentences!("skoleveje-aabyen"),
        life: published(-40, -11),
        case_workers: &["hassan"],
        answers: 41,
        answered_by: &["maja"],
        documents: &[
            ("Kort over skolevejene", "skoleveje-kort.pdf"),
            ("Trafiktællinger 2025", "trafiktaellinger-2025.pdf"),
        ],
        ..PUBLIC
    },
    Plan {
        name: "dagtilbud-oestbyen",
        text: text!("dagtilbud-oestbyen"),
        sentences: sentences!("dagtilbud-oestbyen"),
        respondent_shown: RespondentShown::NameAndDepartment,
        life: Life::Published { start: -110, deadline: -75, end: End::Concluded(-40) },
        owner: "lone",
        case_workers: &["signe"],
        answers: 18,
        ..PUBLIC
    },
    Plan {
        name: "moedelokaler",
        text: text!("moedelokaler"),
        sentences: sentences!("moedelokaler"),
        life: Life::Published { start: -70, deadline: -49, end: End::Concluded(-42) },
        answers: 1,
        answered_by: &["ole"],
        ..INTERNAL
    },
    Plan {
        name: "seniorpolitik",
        text: text!("seniorpolitik"),
        sentences: sentences!("seniorpolitik"),
        responses_shown: ResponsesShown::Never,
        respondent_shown: RespondentShown::Nothing,
        life: Life::Published { start: -150, deadline: -122, end: End::Concluded(-90) },
        answers: 24,
        answered_by: &["jonas"],
        ..INTERNAL
    },
    Plan {
        name: "borgerservice-torvet",
        text: text!("borgerservice-torvet"),
        sentences: sentences!("borgerservice-torvet"),
        life: Life::Published { start: -25, deadline: 5, end: End::Cancelled(-14) },
        answers: 3,
        ..INTERNAL
    },
];
