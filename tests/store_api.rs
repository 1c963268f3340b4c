//! Operations as they stand in scenario files, and errors as ZooKeeper names them.

#![allow(clippy::unwrap_used, reason = "a failed test says where")]

use zabscope::api::{CreateCall, CreateMode, Op, OpError};
use zabscope::types::Acl;

/// A text reads as this operation, and the operation is written as `canonical`.
fn check(text: &str, op: Op, canonical: &str) {
    assert_eq!(serde_json::from_str::<Op>(text).unwrap(), op);
    assert_eq!(serde_json::to_string(&op).unwrap(), canonical);
    assert_eq!(serde_json::from_str::<Op>(canonical).unwrap(), op);
}

#[test]
fn operations_are_written_as_in_the_protocol() {
    let create = Op::create("/a", "start", CreateMode::Ephemeral);
    let text = r#"{"create":{"path":"/a","data":"start","mode":"ephemeral"}}"#;
    check(text, create, text);
    check(
        r#"{"delete":{"path":"/a"}}"#,
        Op::delete("/a"),
        r#"{"delete":{"path":"/a","version":-1}}"#,
    );
    check(r#""closeSession""#, Op::CloseSession, r#""closeSession""#);
    let text = r#"{"multi":[{"check":{"path":"/a","version":3}},{"getData":{"path":"/"}}]}"#;
    check(text, Op::multi([Op::check("/a", 3), Op::get("/")]), text);
}

#[test]
fn data_are_text_where_they_can_be() {
    let create = |data: Option<&[u8]>| Op::Create {
        path: "/a".into(),
        data: data.map(Into::into),
        acl: Acl::open_unsafe(),
        mode: CreateMode::Persistent,
        call: CreateCall::Create,
    };
    let text =
        |data: &str| format!(r#"{{"create":{{"path":"/a","data":{data},"mode":"persistent"}}}}"#);
    check(r#"{"create":{"path":"/a"}}"#, create(None), &text("null"));
    check(&text(r#""é""#), create(Some("é".as_bytes())), &text(r#""é""#));
    check(&text(r#"{"hex":"00fF"}"#), create(Some(&[0, 255])), &text(r#"{"hex":"00ff"}"#));
    for bad in [r#"{"hex":"0"}"#, r#"{"hex":"0g"}"#, r#"{"hex":"é0"}"#, "7"] {
        assert!(serde_json::from_str::<Op>(&text(bad)).is_err(), "{bad}");
    }
}

#[test]
fn errors_have_zookeepers_codes_and_words() {
    for &error in OpError::ALL {
        assert_eq!(OpError::from_code(error.code()), Some(error));
    }
    let falling = |pair: &[OpError]| pair[0].code() > pair[1].code();
    assert!(OpError::ALL.windows(2).all(falling), "codes are unique and in order");
    assert_eq!(OpError::from_code(0), None);
    let message = OpError::NotEmpty.message(Some("/a"));
    assert_eq!(message, "KeeperErrorCode = Directory not empty for /a");
    assert_eq!(OpError::NoNode.to_string(), "NoNode (-101)");
}
