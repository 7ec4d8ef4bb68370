//! A device that a person has logged in on before: guessing elsewhere shuts no person out there, and what fails on it counts
//! whatever becomes of its cookie.

use openapi::problem::ProblemCode;
use tests::{App, PASSWORD, Person, Who};

use super::log_in::{behind_a_proxy, log_in_from, visitor};

const DEVICE: &str = "agora_device";

/// Guessed at behind the same address, or from everywhere: the person comes in on the usual device.
#[tokio::test(flavor = "multi_thread")]
async fn no_guessing_locks_a_person_out_of_the_usual_device() {
    let app = behind_a_proxy().await;
    let (visitor, mut mette) = (visitor(&app).await, app.anonymous());
    mette.log_in("mette", PASSWORD).await.unwrap();
    mette.delete_session().await.unwrap();
    mette.visit().await;
    let device = mette.socket().cookie(DEVICE).expect("logging out does not forget the device");
    for _ in 0..12 {
        log_in_from("198.51.100.7", &visitor, "mette", "gæt").await;
    }
    let refused = log_in_from("198.51.100.7", &visitor, "mette", PASSWORD).await;
    assert_eq!(refused.problem().code, ProblemCode::LoginThrottled);
    assert_eq!(log_in_from("198.51.100.7", &mette, "mette", PASSWORD).await.status, 200, "behind the same address");
    assert_ne!(mette.socket().cookie(DEVICE).unwrap(), device, "a new token at each login");

    let full = "UPDATE login_failure SET failures = 4000";
    app.database().owner().execute(full, &[]).await.unwrap();
    mette.visit().await;
    assert_eq!(log_in_from("203.0.113.9", &mette, "mette", PASSWORD).await.status, 200, "however many guess");

    // On that device the person's own mistakes count.
    mette.visit().await;
    for _ in 0..10 {
        let answer = log_in_from("203.0.113.9", &mette, "mette", "gæt").await;
        assert_eq!(answer.problem().code, ProblemCode::BadCredentials);
    }
    let answer = log_in_from("203.0.113.9", &mette, "mette", "gæt").await;
    assert_eq!(answer.problem().code, ProblemCode::LoginThrottled);
    // And it is known for those who have logged in on it alone.
    let answer = log_in_from("203.0.113.9", &mette, "poul", PASSWORD).await;
    assert_eq!(answer.status, 200);
    app.finish().await;
}

/// Guesses at Mette's password on a device; which problem that is.
async fn guess(person: &Person) -> ProblemCode {
    log_in_from("", person, "mette", "gæt").await.problem().code
}

/// A person logs in and out, so that the device is known for the account.
async fn make_known(device: &mut Person, who: Who) {
    device.log_in_as(who).await;
    device.delete_session().await.unwrap();
    device.visit().await;
}

/// Each login replaces the device's cookie, for all who are known on it. That gives no new guesses at the others.
#[tokio::test(flavor = "multi_thread")]
async fn guesses_on_a_shared_device_count_on_across_logins_of_others() {
    let app = App::start().await;
    let (mut shared, mut own) = (app.anonymous(), app.anonymous());
    make_known(&mut own, Who::Owner).await;
    make_known(&mut shared, Who::Owner).await;
    make_known(&mut shared, Who::Employee(1)).await;
    for number in 1..=10 {
        assert_eq!(guess(&shared).await, ProblemCode::BadCredentials, "guess {number}");
        if number % 3 == 0 {
            make_known(&mut shared, Who::Employee(1)).await;
            make_known(&mut shared, Who::Employee(2)).await;
        }
    }
    assert_eq!(guess(&shared).await, ProblemCode::LoginThrottled);
    make_known(&mut shared, Who::Employee(1)).await;
    assert_eq!(guess(&shared).await, ProblemCode::LoginThrottled);
    let right = log_in_from("", &shared, "mette", PASSWORD).await;
    assert_eq!(right.problem().code, ProblemCode::LoginThrottled);
    assert_eq!(log_in_from("", &own, "mette", PASSWORD).await.status, 200, "on another device of the account");
    app.finish().await;
}

/// A cookie that was copied, kept or put aside is that of an unknown device once another login has replaced it: guesses
/// with it count for the address, and logging in with it takes nothing from the device.
#[tokio::test(flavor = "multi_thread")]
async fn a_cookie_from_before_the_last_login_is_that_of_an_unknown_device() {
    let app = App::start().await;
    let mut shared = app.anonymous();
    make_known(&mut shared, Who::Owner).await;
    let before = shared.socket().cookie(DEVICE).unwrap();
    make_known(&mut shared, Who::Employee(1)).await;
    let mut replayed = shared.with_cookie(DEVICE, &before);
    replayed.visit().await;
    for number in 1..=10 {
        assert_eq!(guess(&replayed).await, ProblemCode::BadCredentials, "guess {number}");
    }
    assert_eq!(guess(&replayed).await, ProblemCode::LoginThrottled);
    assert_eq!(guess(&visitor(&app).await).await, ProblemCode::LoginThrottled, "they counted for the address");
    make_known(&mut replayed, Who::Employee(1)).await;
    assert_eq!(app.database().count("(SELECT DISTINCT device_id FROM known_device) AS device").await, 2);
    assert_eq!(guess(&replayed).await, ProblemCode::LoginThrottled, "the device it came from knows nothing of it");
    assert_eq!(log_in_from("", &shared, "mette", PASSWORD).await.status, 200, "on the device itself");
    app.finish().await;
}
