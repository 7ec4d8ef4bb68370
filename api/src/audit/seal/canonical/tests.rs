//! Different entries have different bytes: from the bytes the entry can be read again.

use proptest::prelude::*;

use super::*;

/// Takes bytes apart as the format describes them.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.0.split_at(count);
        self.0 = rest;
        taken
    }

    fn tag(&mut self) -> u8 {
        self.take(1)[0]
    }

    fn number(&mut self) -> usize {
        usize::try_from(u64::from_be_bytes(self.take(8).try_into().unwrap())).unwrap()
    }

    fn counted(&mut self) -> &'a [u8] {
        let count = self.number();
        self.take(count)
    }

    fn field(&mut self) -> Option<&'a [u8]> {
        match self.tag() {
            0 => None,
            1 => Some(self.counted()),
            tag => panic!("no tag: {tag}"),
        }
    }

    fn text(&mut self) -> Option<String> {
        self.field().map(|bytes| String::from_utf8(bytes.to_vec()).unwrap())
    }

    fn uuid(&mut self) -> Option<Uuid> {
        self.field().map(|bytes| Uuid::from_slice(bytes).unwrap())
    }

    fn number64(&mut self) -> Option<i64> {
        self.field().map(|bytes| i64::from_be_bytes(bytes.try_into().unwrap()))
    }

    fn json(&mut self) -> String {
        let text = |bytes: &[u8]| Value::from(std::str::from_utf8(bytes).unwrap()).to_string();
        match self.tag() {
            b'n' => "null".to_owned(),
            b't' => "true".to_owned(),
            b'f' => "false".to_owned(),
            b's' => text(self.counted()),
            b'a' => {
                let members: Vec<_> = (0..self.number()).map(|_| self.json()).collect();
                format!("[{}]", members.join(", "))
            }
            b'o' => {
                let count = self.number();
                let member = |_| format!("{}: {}", text(self.counted()), self.json());
                let members: Vec<_> = (0..count).map(member).collect();
                format!("{{{}}}", members.join(", "))
            }
            b'x' => String::from_utf8(self.counted().to_vec()).unwrap(),
            tag => panic!("no tag: {tag}"),
        }
    }
}

fn read(bytes: &[u8]) -> LoggedEntry {
    let mut reader = Reader(bytes);
    let entry = LoggedEntry {
        id: reader.uuid().unwrap(),
        occurred_at: PgTimestamp(i64::from_be_bytes(reader.field().unwrap().try_into().unwrap())),
        actor_id: reader.uuid(),
        capacity: reader.text(),
        action: reader.text().unwrap(),
        outcome: reader.text().unwrap(),
        object: reader.text().unwrap(),
        object_id: reader.text(),
        hearing_id: reader.uuid(),
        request_id: reader.uuid(),
        source: reader.text(),
        count: i32::from_be_bytes(reader.field().unwrap().try_into().unwrap()),
        changes: JsonText(Reader(reader.field().unwrap()).json()),
        recorded_at: reader.number64().map(PgTimestamp),
        transaction_id: reader.number64(),
    };
    assert!(reader.0.is_empty(), "nothing follows");
    entry
}

/// JSON in one spelling, as PostgreSQL gives it, but for its order of names.
fn json() -> impl Strategy<Value = String> {
    let leaf =
        prop_oneof![Just(Value::Null), any::<bool>().prop_map(Value::from), any::<String>().prop_map(Value::from),];
    let value = leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-zæ\"]{0,3}", inner, 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    });
    prop_oneof![9 => value.prop_map(|value| spell(&value)), 1 => "[0-9]{1,9}|1e999|\\[1\\.0, 1\\]|\\{"]
}

fn spell(value: &Value) -> String {
    match value {
        Value::Array(members) => format!("[{}]", members.iter().map(spell).collect::<Vec<_>>().join(", ")),
        Value::Object(members) => {
            let member = |(name, value): (&String, &Value)| format!("{}: {}", Value::from(name.as_str()), spell(value));
            format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

fn uuid() -> impl Strategy<Value = Uuid> {
    any::<u128>().prop_map(Uuid::from_u128)
}

fn maybe_text() -> impl Strategy<Value = Option<String>> {
    prop::option::of(any::<String>())
}

prop_compose! {
    fn entries()(
        (id, actor_id, hearing_id, request_id) in
            (uuid(), prop::option::of(uuid()), prop::option::of(uuid()), prop::option::of(uuid())),
        (capacity, object_id, source) in (maybe_text(), maybe_text(), maybe_text()),
        (action, outcome, object) in any::<(String, String, String)>(),
        (occurred_at, count) in any::<(i64, i32)>(),
        changes in json(),
        (recorded_at, transaction_id) in any::<(Option<i64>, Option<i64>)>(),
    ) -> LoggedEntry {
        LoggedEntry {
            id, occurred_at: PgTimestamp(occurred_at), actor_id, capacity, action, outcome, object, object_id, hearing_id,
            request_id, source, count, changes: JsonText(changes), recorded_at: recorded_at.map(PgTimestamp),
            transaction_id,
        }
    }
}

proptest! {
    #[test]
    fn an_entrys_bytes_are_no_other_entrys(entry in entries()) {
        prop_assert_eq!(read(&entry.canonical(2)), entry);
    }
}

fn entry() -> LoggedEntry {
    LoggedEntry {
        id: Uuid::from_u128(1),
        occurred_at: PgTimestamp(2),
        actor_id: None,
        capacity: None,
        action: "a".to_owned(),
        outcome: "b".to_owned(),
        object: "c".to_owned(),
        object_id: Some(String::new()),
        hearing_id: None,
        request_id: None,
        source: None,
        count: 3,
        changes: JsonText(r#"[{"old": "1", "field": "x"}]"#.to_owned()),
        recorded_at: None,
        transaction_id: None,
    }
}

/// What has been sealed stays provable: these bytes may never change.
#[test]
fn the_bytes_of_the_formats_are_these() {
    let length = |number: u64| hex::encode(number.to_be_bytes());
    let changes = [
        format!("61{}6f{}", length(1), length(2)),
        format!("{}{}73{}78", length(5), hex::encode("field"), length(1)),
        format!("{}{}73{}31", length(3), hex::encode("old"), length(1)),
    ]
    .concat();
    let expected = [
        format!("01{}{:032x}", length(16), 1),
        format!("01{}{:016x}", length(8), 2),
        "00".repeat(2),
        format!("01{0}6101{0}6201{0}63", length(1)),
        format!("01{}", length(0)),
        "00".repeat(3),
        format!("01{}{:08x}", length(4), 3),
        format!("01{}{changes}", length(changes.len() as u64 / 2)),
    ];
    assert_eq!(hex::encode(entry().canonical(1)), expected.concat());
    let recorded = LoggedEntry { recorded_at: Some(PgTimestamp(4)), transaction_id: Some(5), ..entry() };
    let in_format_2 = format!("{}01{1}{2:016x}01{1}{3:016x}", expected.concat(), length(8), 4, 5);
    assert_eq!(hex::encode(recorded.canonical(2)), in_format_2);
    assert_eq!(hex::encode(entry().canonical(2)), format!("{}0000", expected.concat()));
    // What was put into an entry of format 1 afterwards is not passed over.
    assert_eq!(recorded.canonical(1), recorded.canonical(2));
}

#[test]
fn names_are_sorted_however_they_come() {
    let other = JsonText(r#"[{"field": "x", "old": "1"}]"#.to_owned());
    assert_eq!(other.canonical(), entry().changes.canonical());
}
