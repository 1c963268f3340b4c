//! The names of all sentences.

/// Declares [`Key`]: each variant with its name in the locale files.
macro_rules! keys {
    ($($variant:ident $id:literal,)*) => {
        /// What can be said. Its English wording stands in `locales/en.ftl`.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Key {
            $(#[doc = concat!("`", $id, "`")] $variant,)*
        }

        impl Key {
            /// All of them.
            pub const ALL: &[Key] = &[$(Key::$variant,)*];

            /// Its name in the locale files.
            pub const fn id(self) -> &'static str {
                match self {
                    $(Key::$variant => $id,)*
                }
            }
        }
    };
}

keys! {
    SpelledNumbers "spelled-numbers", ListSeparator "list-separator",
    // The frame
    AppName "app-name", PageTitle "page-title", SkipToStage "skip-to-stage", RegionStage "region-stage",
    RegionEnsemble "region-ensemble", RegionTransport "region-transport", RegionRail "region-rail",
    RegionDock "region-dock", Close "close",
    // Scenario menu
    ScenarioMenu "scenario-menu", ScenarioTitle "scenario-title",
    ScenarioPresets "scenario-presets", ScenarioServers "scenario-servers",
    ScenarioSeed "scenario-seed", ScenarioSeedHint "scenario-seed-hint",
    ScenarioStart "scenario-start", PresetHealthy "preset-healthy",
    PresetHealthyAbout "preset-healthy-about", PresetLeaderCrash "preset-leader-crash",
    PresetLeaderCrashAbout "preset-leader-crash-about", PresetPartition "preset-partition",
    PresetPartitionAbout "preset-partition-about",
    PresetTransactionWrong "preset-transaction-wrong",
    PresetTransactionWrongAbout "preset-transaction-wrong-about",
    PresetTransactionRight "preset-transaction-right",
    PresetTransactionRightAbout "preset-transaction-right-about",
    // Top bar
    Theme "theme", ThemeLight "theme-light", ThemeDark "theme-dark",
    ThemeProjector "theme-projector", LanguageSwitch "language", Keys "keys", Legend "legend", LawsHold "laws-hold",
    LawsBroken "laws-broken",
    // Roles, phases, conditions
    RoleLooking "role-looking", RoleFollowing "role-following", RoleLeading "role-leading",
    RoleObserving "role-observing",
    PhaseDiscovery "phase-discovery", PhaseSynchronization "phase-synchronization",
    NoPower "no-power", Paused "paused", VotesFor "votes-for", StationElection "station-election",
    StationDiscovery "station-discovery", StationSynchronization "station-synchronization",
    StationBroadcast "station-broadcast", PhaseLine "phase-line",
    PhaseLineStation "phase-line-station",
    // Names for screen readers
    ServerSpoken "server-spoken", ServerSpokenTally "server-spoken-tally",
    SpokenCrashed "spoken-crashed", SpokenPaused "spoken-paused", SpokenLooking "spoken-looking",
    SpokenObserving "spoken-observing",
    SpokenFollowing "spoken-following", SpokenLeading "spoken-leading", TallyVotes "tally-votes",
    TallyFollowerInfos "tally-follower-infos", TallyAckEpochs "tally-ack-epochs",
    TallyNewLeaderAcks "tally-new-leader-acks", TallyAcks "tally-acks", CrashServer "crash-server",
    RestartServer "restart-server", ClientSpoken "client-spoken",
    ClientSpokenLost "client-spoken-lost", ConnectionLost "connection-lost",
    LinkSlower "link-slower", SideQuorum "side-quorum", SideNoQuorum "side-no-quorum",
    // Stage
    InFlight "in-flight", HintPower "hint-power", HintCut "hint-cut",
    // Faults
    Faults "faults", FaultCrashLeader "fault-crash-leader",
    FaultIsolateLeader "fault-isolate-leader", FaultSplit "fault-split",
    FaultSplitNone "fault-split-none", FaultOneWay "fault-one-way", FaultSlowLink "fault-slow-link",
    FaultHeal "fault-heal", FaultNeedsLeader "fault-needs-leader",
    // Transport
    Play "play", Pause "pause", NextEvent "next-event", ClockLabel "clock-label",
    OverviewLabel "overview-label", OverviewEpoch "overview-epoch", SpeedLabel "speed-label",
    SpeedBuys "speed-buys", SpeedSpoken "speed-spoken",
    // Requests
    Requests "requests", RequestsJourney "requests-journey", RequestsNone "requests-none",
    RequestsNoneAbout "requests-none-about", RequestWhere "request-where", RequestAt "request-at",
    RequestReadAt "request-read-at", RequestLost "request-lost",
    RequestNoQuorum "request-no-quorum", RequestWaiting "request-waiting",
    RequestCommitted "request-committed", RequestOk "request-ok",
    RequestRolledBack "request-rolled-back", RequestUnknown "request-unknown",
    RequestAcksSpoken "request-acks-spoken", RequestAllOrNothing "request-all-or-nothing",
    // Client bar
    ClientChoose "client-choose", ClientOn "client-on", ClientOff "client-off",
    SendWrite "send-write", Read "read", Multi "multi",
    // Inspector
    Inspect "inspect", InspectNone "inspect-none", InspectNoneAbout "inspect-none-about",
    ActCrash "act-crash", ActRestart "act-restart", ActPause "act-pause", ActResume "act-resume",
    ActIsolate "act-isolate", InspectPhaseEpoch "inspect-phase-epoch",
    InspectCrashed "inspect-crashed", InspectWay "inspect-way", InspectWayHeld "inspect-way-held",
    // Event list
    Events "events", EventsNone "events-none",
    // Logs
    Logs "logs", LogsTable "logs-table", LogsNone "logs-none", LogsServer "logs-server",
    LogsMemory "logs-memory", LogsDisk "logs-disk", LogsCommitted "logs-committed",
    LogsTruncated "logs-truncated", LogsEpoch "logs-epoch", LogsEpochShort "logs-epoch-short",
    LogsCellAbsent "logs-cell-absent", LogsCellMemory "logs-cell-memory",
    LogsCellDisk "logs-cell-disk", LogsCellCommitted "logs-cell-committed",
    LogsCellTruncated "logs-cell-truncated",
    // Legend
    LegendAbout "legend-about", LegendServers "legend-servers", LegendMessages "legend-messages",
    LegendLog "legend-log", LegendLinks "legend-links", LegendLeading "legend-leading",
    LegendFollowing "legend-following", LegendObserving "legend-observing",
    LegendLooking "legend-looking",
    LegendPaused "legend-paused", LegendCrashed "legend-crashed",
    LegendNotification "legend-notification", LegendFollowerInfo "legend-follower-info",
    LegendLeaderInfo "legend-leader-info", LegendAckEpoch "legend-ack-epoch",
    LegendDiff "legend-diff", LegendTrunc "legend-trunc", LegendSnap "legend-snap",
    LegendNewLeader "legend-new-leader", LegendUpToDate "legend-up-to-date",
    LegendProposal "legend-proposal", LegendAck "legend-ack", LegendCommit "legend-commit",
    LegendInform "legend-inform",
    LegendPing "legend-ping", LegendRequest "legend-request", LegendResponse "legend-response",
    LegendSession "legend-session", LegendMemory "legend-memory", LegendDisk "legend-disk",
    LegendCommitted "legend-committed", LegendTruncated "legend-truncated",
    LegendLinkUp "legend-link-up", LegendLinkLeader "legend-link-leader",
    LegendLinkCut "legend-link-cut", LegendLinkCutAbout "legend-link-cut-about",
    LegendLinkOneWay "legend-link-one-way", LegendLinkSlow "legend-link-slow",
    LegendLinkSlowAbout "legend-link-slow-about", LegendLinkSession "legend-link-session",
    LegendLinkSessionAbout "legend-link-session-about",
    // Keys
    KeysAbout "keys-about", KeyPlay "key-play", KeyStep "key-step", KeyMilestone "key-milestone",
    KeySlower "key-slower", KeyFaster "key-faster", KeySelect "key-select",
    KeyDeselect "key-deselect", KeyCrash "key-crash", KeyPauseServer "key-pause-server",
    KeyIsolate "key-isolate", KeyCrashLeader "key-crash-leader", KeySplit "key-split",
    KeyOneWay "key-one-way", KeyHeal "key-heal", KeyWrite "key-write", KeyRead "key-read",
    KeyMulti "key-multi", KeyLegend "key-legend", KeyTheme "key-theme", KeyLanguage "key-language", KeyFocus "key-focus",
    KeyHelp "key-help", KeyBlank "key-blank", KeyLastKey "key-last-key",
    // Presenting and embedding
    BlankSpoken "blank-spoken", LastKey "last-key", OpenWhole "open-whole",
    // Toasts
    ToastCrashed "toast-crashed", ToastRestarted "toast-restarted", ToastSplit "toast-split",
    ToastHealed "toast-healed", ToastNoLeader "toast-no-leader",
    // Caption
    CaptionNoneAlive "caption-none-alive", CaptionNoneAliveAbout "caption-none-alive-about",
    CaptionNoMajority "caption-no-majority", CaptionNoMajorityAbout "caption-no-majority-about",
    CaptionNoSide "caption-no-side", CaptionNoSideAbout "caption-no-side-about",
    CaptionTwoLeaders "caption-two-leaders", CaptionTwoLeadersAbout "caption-two-leaders-about",
    CaptionTwoLeadersNone "caption-two-leaders-none", CaptionElection "caption-election",
    CaptionElectionLost "caption-election-lost",
    CaptionElectionUnnoticed "caption-election-unnoticed",
    CaptionElectionVotes "caption-election-votes", CaptionElectionAbout "caption-election-about",
    CaptionElectionSettled "caption-election-settled", CaptionDiscovery "caption-discovery",
    CaptionDiscoveryAbout "caption-discovery-about",
    CaptionDiscoveryEpoch "caption-discovery-epoch",
    CaptionDiscoveryEpochAbout "caption-discovery-epoch-about",
    CaptionSynchronization "caption-synchronization",
    CaptionSynchronizationAbout "caption-synchronization-about", CaptionProposed "caption-proposed",
    CaptionProposedDisks "caption-proposed-disks", CaptionProposedAbout "caption-proposed-about",
    CaptionCommitted "caption-committed", CaptionCommittedAbout "caption-committed-about",
    CaptionFirst "caption-first", CaptionFirstAbout "caption-first-about",
    CaptionIdle "caption-idle", CaptionIdleAbout "caption-idle-about",
    CaptionIdleMinority "caption-idle-minority", CaptionAlone "caption-alone",
    CaptionAloneAbout "caption-alone-about",
    // Narration of what a server does
    NoteLooking "note-looking", NoteFollowing "note-following", NoteObserving "note-observing",
    NoteLeading "note-leading",
    NoteRound "note-round", NoteVote "note-vote", NoteVoteEpoch "note-vote-epoch",
    NoteVoteZxid "note-vote-zxid", NoteVoteId "note-vote-id", NoteVoteCounted "note-vote-counted",
    NoteSettled "note-settled", NoteFound "note-found", NoteJoined "note-joined",
    NoteRegistered "note-registered", NoteEpochProposed "note-epoch-proposed",
    NoteEpochAccepted "note-epoch-accepted", NoteEpochAcked "note-epoch-acked",
    NoteEpochEntered "note-epoch-entered", NoteSyncDiff "note-sync-diff",
    NoteSyncTrunc "note-sync-trunc", NoteSyncSnap "note-sync-snap", SyncEqual "sync-equal",
    SyncAhead "sync-ahead", SyncFound "sync-found", SyncOnlyNewLeader "sync-only-new-leader",
    SyncDiverged "sync-diverged", SyncDivergedAcross "sync-diverged-across",
    SyncTooOld "sync-too-old", SyncNoRule "sync-no-rule",
    SyncDataMissing "sync-data-missing", SyncNotLooked "sync-not-looked",
    NoteNewLeaderAcked "note-new-leader-acked", NoteEstablished "note-established",
    NoteUpToDate "note-up-to-date", NoteProposed "note-proposed", NoteAcked "note-acked",
    NoteCommitted "note-committed", NoteTruncated "note-truncated", NoteGaveUp "note-gave-up",
    GiveUpUnreachable "give-up-unreachable", GiveUpGone "give-up-gone",
    GiveUpSilent "give-up-silent", GiveUpEpochLow "give-up-epoch-low",
    GiveUpCannotTruncate "give-up-cannot-truncate", GiveUpGap "give-up-gap",
    GiveUpCommitWithoutProposal "give-up-commit-without-proposal",
    GiveUpNoEpochQuorum "give-up-no-epoch-quorum",
    GiveUpNoEpochAckQuorum "give-up-no-epoch-ack-quorum",
    GiveUpNoNewLeaderQuorum "give-up-no-new-leader-quorum", GiveUpQuorumLost "give-up-quorum-lost",
    GiveUpRollover "give-up-rollover", NoteLearnerDropped "note-learner-dropped",
    DropMoreRecent "drop-more-recent", DropSilent "drop-silent", DropAckOverdue "drop-ack-overdue",
    DropGone "drop-gone", DropUnexpected "drop-unexpected", DropSuperseded "drop-superseded",
    NoteIgnored "note-ignored", IgnoreOldRound "ignore-old-round", IgnoreSettling "ignore-settling",
    IgnoreNotLooking "ignore-not-looking", IgnoreNotAVoter "ignore-not-a-voter",
    IgnoreDataMissing "ignore-data-missing", IgnoreNotOfNewLeader "ignore-not-of-new-leader",
    IgnoreNothingOutstanding "ignore-nothing-outstanding",
    IgnoreNothingPending "ignore-nothing-pending", IgnorePingInSync "ignore-ping-in-sync",
    IgnoreWrongPhase "ignore-wrong-phase",
    // Narration of what travels, of servers, clients and commands
    EventSent "event-sent", EventArrived "event-arrived", EventLostBroken "event-lost-broken",
    EventLostClosed "event-lost-closed", EventLostCrashed "event-lost-crashed",
    EventRefused "event-refused", EventAddClient "event-add-client", EventBreak "event-break",
    EventClientAttach "event-client-attach", EventClientClose "event-client-close",
    EventClientSubmit "event-client-submit", EventClientStart "event-client-start",
    EventCrash "event-crash", EventCrashLeader "event-crash-leader", EventCut "event-cut",
    EventHealAll "event-heal-all", EventHealAndRestart "event-heal-and-restart",
    EventHeal "event-heal", EventIsolate "event-isolate", EventIsolateLeader "event-isolate-leader",
    EventPartition "event-partition", EventPause "event-pause", EventRepair "event-repair",
    EventResetLatency "event-reset-latency", EventRestart "event-restart",
    EventResume "event-resume", EventLatency "event-latency", EventAsked "event-asked",
    EventNotified "event-notified", EventTold "event-told", EventToldError "event-told-error",
    EventUnknown "event-unknown",
    EventClientOpened "event-client-opened", EventClientResumed "event-client-resumed",
    EventClientExpired "event-client-expired", EventClientLost "event-client-lost",
    EventApplied "event-applied", EventExited "event-exited", EventFlushed "event-flushed",
    EventLogTaken "event-log-taken", EventPrepared "event-prepared",
    EventPreparedError "event-prepared-error", EventRepaired "event-repaired",
    EventRefusedToStart "event-refused-to-start", EventReplied "event-replied",
    EventReceived "event-received", EventServing "event-serving",
    EventServingStopped "event-serving-stopped", EventSessionClosed "event-session-closed",
    EventSessionExpired "event-session-expired", EventSessionOpened "event-session-opened",
    EventSnapshotLoaded "event-snapshot-loaded", EventSnapshotTaken "event-snapshot-taken",
    EventSnapshotFlushed "event-snapshot-flushed", EventStarted "event-started",
    EventReplayed "event-replayed", EventReloaded "event-reloaded",
    EventDeliver "event-deliver", EventHoldLink "event-hold-link",
    EventHoldStep "event-hold-step", EventReleaseAll "event-release-all",
    EventReleaseLink "event-release-link", EventReleaseStep "event-release-step",
    EventTakeStep "event-take-step", EventReset "event-reset", EventPutDisk "event-put-disk",
    EventDiskPut "event-disk-put", EventUntil "event-until", EventReached "event-reached",
    EventNotReached "event-not-reached", StepCommit "step-commit", StepDisk "step-disk",
    StepLog "step-log", EventExceededLost "event-exceeded-lost",
    EventExceededQuorum "event-exceeded-quorum",
    EventExceededTampered "event-exceeded-tampered", EventCrashTorn "event-crash-torn",
    EventFlap "event-flap", EventClock "event-clock", EventDiskSlow "event-disk-slow",
    EventDiskUsual "event-disk-usual", EventDiskSnapshot "event-disk-snapshot",
    EventDiskFails "event-disk-fails", EventDiskFull "event-disk-full",
    EventDiskFree "event-disk-free", EventDiskInitialize "event-disk-initialize",
    EventDiskTorn "event-disk-torn", EventDiskWiped "event-disk-wiped",
    EventDiskDamaged "event-disk-damaged",
    // Inspector, continued
    InspectLogged "inspect-logged", InspectOnDisk "inspect-on-disk",
    InspectCommitted "inspect-committed", InspectWrites "inspect-writes",
    InspectVotes "inspect-votes", InspectVotesRemark "inspect-votes-remark",
    InspectFrom "inspect-from", InspectVote "inspect-vote", InspectAgrees "inspect-agrees",
    InspectLeader "inspect-leader", InspectGivesUp "inspect-gives-up",
    InspectLearners "inspect-learners", InspectLearner "inspect-learner",
    InspectPhase "inspect-phase", InspectAcked "inspect-acked",
    InspectTicksLeft "inspect-ticks-left", InspectSessions "inspect-sessions",
    InspectTimeout "inspect-timeout", InspectSent "inspect-sent", InspectArrives "inspect-arrives",
    InspectTcp "inspect-tcp", InspectChannel "inspect-channel", InspectMessage "inspect-message",
}
