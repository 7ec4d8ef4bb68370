//! The tables as diesel knows them. Written by hand beside the migrations; a test compares the two.

#![allow(missing_docs, reason = "the columns carry their comments in the database")]

use diesel::{allow_tables_to_appear_in_same_query, joinable, table};

table! {
    account (id) {
        id -> Uuid,
        name -> Text,
        email -> Text,
        department -> Nullable<Text>,
        created_at -> Timestamptz,
        last_login_at -> Nullable<Timestamptz>,
        sessions_ended -> BigInt,
    }
}

table! {
    account_role (account_id, role) {
        account_id -> Uuid,
        role -> Text,
    }
}

table! {
    credential (account_id) {
        account_id -> Uuid,
        username -> Text,
        username_key -> Text,
        password_hash -> Text,
    }
}

table! {
    session (id) {
        id -> Uuid,
        token_hash -> Bytea,
        account_id -> Uuid,
        capacity -> Text,
        created_at -> Timestamptz,
        last_used_at -> Timestamptz,
        revoked_at -> Nullable<Timestamptz>,
    }
}

table! {
    login_failure (subject) {
        subject -> Text,
        window_start -> Timestamptz,
        failures -> Integer,
        open_at -> Nullable<Timestamptz>,
    }
}

table! {
    known_device (token_hash, account_id) {
        token_hash -> Bytea,
        account_id -> Uuid,
        used_at -> Timestamptz,
        device_id -> Uuid,
    }
}

table! {
    rate_count (minute, kind, subject) {
        minute -> Timestamptz,
        kind -> Text,
        subject -> Text,
        requests -> Integer,
    }
}

table! {
    idempotency_key (account_id, operation, key) {
        account_id -> Uuid,
        operation -> Text,
        key -> Text,
        request_hash -> Bytea,
        object_id -> Nullable<Uuid>,
        created_at -> Timestamptz,
    }
}

table! {
    hearing (id) {
        id -> Uuid,
        version -> BigInt,
        title -> Text,
        summary -> Text,
        audience -> Text,
        invitation_only -> Bool,
        starts_on -> Nullable<Date>,
        starts_at -> Nullable<Timestamptz>,
        deadline_on -> Nullable<Date>,
        deadline_at -> Nullable<Timestamptz>,
        contact_name -> Text,
        contact_department -> Text,
        contact_email -> Text,
        contact_phone -> Text,
        responses_shown -> Text,
        respondent_shown -> Text,
        response_count -> Integer,
        withdrawn_count -> Integer,
        conclusion -> Nullable<Text>,
        published_at -> Nullable<Timestamptz>,
        cancelled_at -> Nullable<Timestamptz>,
        concluded_at -> Nullable<Timestamptz>,
        image_id -> Nullable<Uuid>,
        image_alternative_text -> Text,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        sized_image_id -> Nullable<Uuid>,
    }
}

table! {
    hearing_document (id) {
        id -> Uuid,
        version -> BigInt,
        hearing_id -> Uuid,
        file_id -> Uuid,
        position -> Integer,
        title -> Text,
    }
}

table! {
    hearing_section (id) {
        id -> Uuid,
        hearing_id -> Uuid,
        position -> Integer,
        title -> Text,
        body -> Text,
    }
}

table! {
    hearing_revocation (hearing_id, account_id) {
        hearing_id -> Uuid,
        account_id -> Uuid,
        reason -> Text,
        revoked_by -> Uuid,
        revoked_at -> Timestamptz,
    }
}

table! {
    hearing_role (id) {
        id -> Uuid,
        hearing_id -> Uuid,
        account_id -> Uuid,
        role -> Text,
        responsible -> Bool,
        created_at -> Timestamptz,
    }
}

table! {
    conclusion_draft (hearing_id) {
        hearing_id -> Uuid,
        version -> BigInt,
        text -> Text,
        updated_by -> Uuid,
        updated_at -> Timestamptz,
        sitting_since -> Timestamptz,
    }
}

table! {
    conclusion_version (hearing_id, version) {
        hearing_id -> Uuid,
        version -> BigInt,
        text -> Text,
        saved_by -> Uuid,
        saved_at -> Timestamptz,
        replaced_at -> Timestamptz,
    }
}

table! {
    hearing_boundary (hearing_id, boundary, instant) {
        hearing_id -> Uuid,
        boundary -> Text,
        instant -> Timestamptz,
        noticed_at -> Timestamptz,
    }
}

table! {
    draft (id) {
        id -> Uuid,
        version -> BigInt,
        hearing_id -> Uuid,
        response_id -> Nullable<Uuid>,
        author_id -> Uuid,
        text -> Text,
        sections -> Jsonb,
        on_behalf_of -> Text,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

table! {
    response (id) {
        id -> Uuid,
        version -> BigInt,
        hearing_id -> Uuid,
        draft_id -> Uuid,
        number -> Integer,
        author_id -> Uuid,
        capacity -> Text,
        sender -> Nullable<Text>,
        on_behalf_of -> Text,
        text -> Text,
        sections -> Jsonb,
        terms_version -> Text,
        sent_at -> Timestamptz,
        edited_at -> Nullable<Timestamptz>,
        withdrawn_at -> Nullable<Timestamptz>,
    }
}

table! {
    response_version (response_id, version) {
        response_id -> Uuid,
        version -> BigInt,
        draft_id -> Uuid,
        sender -> Nullable<Text>,
        on_behalf_of -> Text,
        text -> Text,
        sections -> Jsonb,
        terms_version -> Text,
        sent_at -> Timestamptz,
        replaced_at -> Timestamptz,
    }
}

table! {
    file (id) {
        id -> Uuid,
        uploaded_by -> Uuid,
        name -> Text,
        file_type -> Text,
        size -> BigInt,
        sha256 -> Bytea,
        scan_state -> Text,
        created_at -> Timestamptz,
        sweep_at -> Nullable<Timestamptz>,
        shown_id -> Nullable<Uuid>,
        shown_size -> Nullable<BigInt>,
        shown_sha256 -> Nullable<Bytea>,
        lost_at -> Nullable<Timestamptz>,
        shown_lost_at -> Nullable<Timestamptz>,
        shown_state -> Text,
        loss -> Nullable<Text>,
        shown_loss -> Nullable<Text>,
    }
}

table! {
    hearing_image_size (hearing_id, width) {
        hearing_id -> Uuid,
        image_id -> Uuid,
        width -> Integer,
        height -> Integer,
        file_id -> Uuid,
    }
}

table! {
    draft_attachment (draft_id, file_id) {
        draft_id -> Uuid,
        file_id -> Uuid,
        position -> Integer,
    }
}

table! {
    response_attachment (response_id, version, file_id) {
        response_id -> Uuid,
        version -> BigInt,
        file_id -> Uuid,
        position -> Integer,
    }
}

table! {
    audit_entry (id) {
        id -> Uuid,
        occurred_at -> Timestamptz,
        actor_id -> Nullable<Uuid>,
        capacity -> Nullable<Text>,
        action -> Text,
        outcome -> Text,
        object -> Text,
        object_id -> Nullable<Text>,
        hearing_id -> Nullable<Uuid>,
        request_id -> Nullable<Uuid>,
        source -> Nullable<Text>,
        count -> Integer,
        changes -> Jsonb,
        recorded_at -> Nullable<Timestamptz>,
        transaction_id -> Nullable<BigInt>,
    }
}

table! {
    audit_value (entry_id, field) {
        entry_id -> Uuid,
        field -> Text,
        person_id -> Nullable<Uuid>,
        old_value -> Nullable<Text>,
        new_value -> Nullable<Text>,
        salt -> Bytea,
    }
}

table! {
    audit_seal (position) {
        position -> BigInt,
        entry_id -> Uuid,
        mac -> Bytea,
        sealed_at -> Timestamptz,
        format -> Integer,
        key_id -> Text,
        digest -> Bytea,
        caught_up -> Bool,
    }
}

table! {
    audit_unsealed (entry_id) {
        entry_id -> Uuid,
        queued_at -> Timestamptz,
    }
}

table! {
    audit_tally (minute, action, object, object_id, hearing_id, actor_id, source) {
        minute -> Timestamptz,
        action -> Text,
        object -> Text,
        object_id -> Text,
        hearing_id -> Uuid,
        actor_id -> Uuid,
        capacity -> Nullable<Text>,
        source -> Text,
        count -> Integer,
    }
}

table! {
    job (id) {
        id -> Uuid,
        version -> BigInt,
        kind -> Text,
        payload -> Jsonb,
        attempts -> Integer,
        created_at -> Timestamptz,
        run_at -> Timestamptz,
        died_at -> Nullable<Timestamptz>,
        last_error -> Nullable<Text>,
        lease -> Nullable<Uuid>,
        leased_until -> Nullable<Timestamptz>,
    }
}

joinable!(account_role -> account (account_id));
joinable!(credential -> account (account_id));
joinable!(session -> account (account_id));
joinable!(hearing_section -> hearing (hearing_id));
joinable!(hearing_role -> hearing (hearing_id));
joinable!(hearing_role -> account (account_id));
joinable!(draft -> hearing (hearing_id));
joinable!(response -> hearing (hearing_id));
joinable!(response -> account (author_id));
joinable!(hearing_document -> file (file_id));
joinable!(hearing_image_size -> file (file_id));
joinable!(draft_attachment -> file (file_id));
joinable!(response_attachment -> file (file_id));
joinable!(response_attachment -> response (response_id));

allow_tables_to_appear_in_same_query!(
    account,
    account_role,
    audit_entry,
    audit_seal,
    audit_unsealed,
    audit_value,
    credential,
    draft,
    draft_attachment,
    file,
    hearing,
    hearing_document,
    hearing_image_size,
    hearing_role,
    hearing_section,
    response,
    response_attachment,
    response_version,
    session,
);
