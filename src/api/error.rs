//! Why an operation failed, by ZooKeeper's codes.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! op_errors {
    ($(
        $(#[doc = $doc:literal])*
        $variant:ident = $code:literal, $name:literal, $text:literal;
    )*) => {
        /// Why an operation failed. Codes that no request path of ZooKeeper produces (SystemError,
        /// DataInconsistency, OperationTimeout, APIError, InvalidCallback) are left out.
        /// Source: `KeeperException.Code`; fact sheet §3.3.
        #[derive(
            Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize,
        )]
        pub enum OpError {
            $($(#[doc = $doc])* $variant,)*
        }

        impl OpError {
            /// All of them, in the order of their codes from -1 down.
            pub const ALL: &[OpError] = &[$(OpError::$variant),*];

            /// The code on the wire.
            pub const fn code(self) -> i32 {
                match self { $(OpError::$variant => $code,)* }
            }

            /// ZooKeeper's name: `NoNode`.
            pub const fn name(self) -> &'static str {
                match self { $(OpError::$variant => $name,)* }
            }

            /// As it stands in a message; mostly the name, but `Directory not empty`.
            pub const fn text(self) -> &'static str {
                match self { $(OpError::$variant => $text,)* }
            }

            /// The error of that code; `None` for 0, which is no error, and for unknown codes.
            pub const fn from_code(code: i32) -> Option<OpError> {
                match code { $($code => Some(OpError::$variant),)* _ => None }
            }
        }
    };
}

op_errors! {
    /// An operation of a failed multi that stands behind the one that failed.
    RuntimeInconsistency = -2, "RuntimeInconsistency", "RuntimeInconsistency";
    /// The connection was lost before the answer came: the outcome is unknown.
    ConnectionLoss = -4, "ConnectionLoss", "ConnectionLoss";
    /// The request could not be read.
    MarshallingError = -5, "MarshallingError", "MarshallingError";
    /// The server does not know this operation, or it is switched off.
    Unimplemented = -6, "Unimplemented", "Unimplemented";
    /// An argument is not legal, mostly the path.
    BadArguments = -8, "BadArguments", "BadArguments";
    /// A standalone server does not know the session.
    UnknownSession = -12, "UnknownSession", "UnknownSession";
    /// No quorum of a new configuration is in touch.
    NewConfigNoQuorum = -13, "NewConfigNoQuorum", "NewConfigNoQuorum";
    /// Another reconfiguration is going on.
    ReconfigInProgress = -14, "ReconfigInProgress", "ReconfigInProgress";
    /// The znode, or the parent of the one to create, does not exist.
    NoNode = -101, "NoNode", "NoNode";
    /// The access control list does not permit it.
    NoAuth = -102, "NoAuth", "NoAuth";
    /// The znode does not have the expected version.
    BadVersion = -103, "BadVersion", "BadVersion";
    /// An ephemeral znode cannot have children.
    NoChildrenForEphemerals = -108, "NoChildrenForEphemerals", "NoChildrenForEphemerals";
    /// The znode exists already.
    NodeExists = -110, "NodeExists", "NodeExists";
    /// The znode has children.
    NotEmpty = -111, "NotEmpty", "Directory not empty";
    /// The session is over.
    SessionExpired = -112, "SessionExpired", "Session expired";
    /// The access control list is not legal.
    InvalidAcl = -114, "InvalidACL", "InvalidACL";
    /// The client could not prove who it is.
    AuthFailed = -115, "AuthFailed", "AuthFailed";
    /// The session has moved to another server meanwhile.
    SessionMoved = -118, "SessionMoved", "Session moved";
    /// A write was sent to a read-only server.
    NotReadOnly = -119, "NotReadOnly", "Not a read-only call";
    /// A local session cannot own ephemeral znodes.
    EphemeralOnLocalSession = -120, "EphemeralOnLocalSession", "Ephemeral node on local session";
    /// There is no such watch to remove.
    NoWatcher = -121, "NoWatcher", "No such watcher";
    /// The client waited too long (it never comes from a server).
    RequestTimeout = -122, "RequestTimeout", "RequestTimeout";
    /// Reconfiguration is switched off, as it is by default.
    ReconfigDisabled = -123, "ReconfigDisabled", "Reconfig is disabled";
    /// The server demands SASL.
    SessionClosedRequireSaslAuth = -124, "SessionClosedRequireSaslAuth",
        "Session closed because client failed to authenticate";
    /// A hard quota would be exceeded.
    QuotaExceeded = -125, "QuotaExceeded", "Quota has exceeded";
    /// The server has too much to do.
    ThrottledOp = -127, "ThrottledOp", "Op throttled due to high load";
}

impl OpError {
    /// The message of ZooKeeper's exception: `KeeperErrorCode = NoNode for /a`.
    pub fn message(self, path: Option<&str>) -> String {
        match path {
            Some(path) => format!("KeeperErrorCode = {} for {path}", self.text()),
            None => format!("KeeperErrorCode = {}", self.text()),
        }
    }
}

/// Name and code: `NoNode (-101)`.
impl fmt::Display for OpError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} ({})", self.name(), self.code())
    }
}

impl std::error::Error for OpError {}
