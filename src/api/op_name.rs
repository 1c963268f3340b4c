//! The operations by name.

use serde::{Deserialize, Serialize};

use super::{CreateCall, Op};

macro_rules! op_names {
    ($($variant:ident = $text:literal;)*) => {
        /// ZooKeeper's name of an operation, without its arguments.
        #[derive(
            Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize,
        )]
        #[serde(rename_all = "camelCase")]
        pub enum OpName {
            $(#[doc = concat!("`", $text, "`")] $variant,)*
        }

        impl OpName {
            /// As ZooKeeper writes it.
            pub const fn text(self) -> &'static str {
                match self { $(OpName::$variant => $text,)* }
            }
        }
    };
}

op_names! {
    AddWatch = "addWatch";
    Auth = "auth";
    Check = "check";
    CheckWatches = "checkWatches";
    CloseSession = "closeSession";
    Create = "create";
    Create2 = "create2";
    CreateContainer = "createContainer";
    CreateSession = "createSession";
    CreateTtl = "createTTL";
    Delete = "delete";
    DeleteContainer = "deleteContainer";
    Exists = "exists";
    GetAcl = "getACL";
    GetAllChildrenNumber = "getAllChildrenNumber";
    GetChildren = "getChildren";
    GetChildren2 = "getChildren2";
    GetData = "getData";
    GetEphemerals = "getEphemerals";
    Multi = "multi";
    MultiRead = "multiRead";
    Ping = "ping";
    Reconfig = "reconfig";
    RemoveWatches = "removeWatches";
    SetAcl = "setACL";
    SetData = "setData";
    SetWatches = "setWatches";
    SetWatches2 = "setWatches2";
    Sync = "sync";
    Unknown = "unknown";
    WhoAmI = "whoAmI";
}

impl OpName {
    /// Whether a request of this name becomes a transaction.
    pub const fn is_write(self) -> bool {
        matches!(
            self,
            OpName::Check
                | OpName::CloseSession
                | OpName::Create
                | OpName::Create2
                | OpName::CreateContainer
                | OpName::CreateSession
                | OpName::CreateTtl
                | OpName::Delete
                | OpName::DeleteContainer
                | OpName::Multi
                | OpName::Reconfig
                | OpName::SetAcl
                | OpName::SetData
        )
    }
}

impl From<&Op> for OpName {
    fn from(op: &Op) -> OpName {
        match op {
            Op::AddWatch { .. } => OpName::AddWatch,
            Op::Auth { .. } => OpName::Auth,
            Op::Check { .. } => OpName::Check,
            Op::CheckWatches { .. } => OpName::CheckWatches,
            Op::CloseSession => OpName::CloseSession,
            Op::Create { call: CreateCall::Create, .. } => OpName::Create,
            Op::Create { call: CreateCall::Create2, .. } => OpName::Create2,
            Op::Create { call: CreateCall::Container, .. } => OpName::CreateContainer,
            Op::Create { call: CreateCall::Ttl { .. }, .. } => OpName::CreateTtl,
            Op::Delete { .. } => OpName::Delete,
            Op::Exists { .. } => OpName::Exists,
            Op::GetAcl { .. } => OpName::GetAcl,
            Op::GetAllChildrenNumber { .. } => OpName::GetAllChildrenNumber,
            Op::GetChildren { .. } => OpName::GetChildren,
            Op::GetChildren2 { .. } => OpName::GetChildren2,
            Op::GetData { .. } => OpName::GetData,
            Op::GetEphemerals { .. } => OpName::GetEphemerals,
            Op::Multi(_) => OpName::Multi,
            Op::MultiRead(_) => OpName::MultiRead,
            Op::NullPath(name) => *name,
            Op::Ping => OpName::Ping,
            Op::Reconfig => OpName::Reconfig,
            Op::RemoveWatches { .. } => OpName::RemoveWatches,
            Op::SetAcl { .. } => OpName::SetAcl,
            Op::SetData { .. } => OpName::SetData,
            Op::SetWatches(lists) if lists.persistent.is_empty() && lists.recursive.is_empty() => {
                OpName::SetWatches
            }
            Op::SetWatches(_) => OpName::SetWatches2,
            Op::Sync { .. } => OpName::Sync,
            Op::Unknown(_) => OpName::Unknown,
            Op::WhoAmI => OpName::WhoAmI,
        }
    }
}
