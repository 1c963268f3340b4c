### English. Say what a server knows, name the server first, numbers before adjectives.

# Words for SPELLED(), from zero on.
spelled-numbers = no one two three four five six seven eight nine ten eleven twelve

# Between the names of a list.
list-separator = {", "}

## The frame
app-name = ZabScope
page-title = ZabScope: a ZooKeeper ensemble, alive
skip-to-stage = Skip to the stage
region-stage = Stage
region-ensemble = Ensemble
region-transport = Transport
region-rail = Requests and inspector
region-dock = Events and logs
close = Close

## Scenario menu
scenario-menu = Scenario
scenario-title = { $count ->
    [1] One server
    *[other] { CAPITALIZED($count) } servers
  }
scenario-presets = Stories
scenario-servers = Servers
scenario-seed = Seed
scenario-seed-hint = The same seed gives the same run, event for event.
scenario-start = Start
preset-healthy = A healthy ensemble
preset-healthy-about = An elected leader, a client, nothing broken yet
preset-leader-crash = The leader crashes
preset-leader-crash-about = A write, then the leader loses power; the others elect a new one
preset-partition = A network in two parts
preset-partition-about = The leader is left with a minority, which cannot commit anything
preset-transaction-wrong = A transaction, as first written
preset-transaction-wrong-about = Creates and deletes one by one, as many tutorials show it
preset-transaction-right = The transaction, done right
preset-transaction-right-about = One multi, and the leader loses power in mid-flight

## Top bar
theme = Theme
theme-light = Light
theme-dark = Dark
theme-projector = Projector
language = Language
keys = Keys
legend = Legend
laws-hold = { $count ->
    [1] One law holds
    *[other] { $count } laws hold
  }
laws-broken = { $count ->
    [1] One law broken
    *[other] { $count } laws broken
  }

## Roles, phases, conditions
role-looking = LOOKING
role-following = FOLLOWING
role-leading = LEADING
role-observing = OBSERVING
phase-discovery = DISCOVERY
phase-synchronization = SYNCHRONISING
no-power = no power
paused = paused
votes-for = votes { $server }
station-election = Election
station-discovery = Discovery
station-synchronization = Sync
station-broadcast = Broadcast
phase-line = Phases of the protocol and the servers at each
phase-line-station = { $servers } at { $station }

## Names for screen readers
server-spoken = { $server }, { $state }, epoch { $epoch }, last { $zxid }
server-spoken-tally = { $server }, { $state }, epoch { $epoch }, last { $zxid }, { $tally }
spoken-crashed = no power
spoken-paused = paused
spoken-looking = looking
spoken-following = following
spoken-leading = leading
spoken-observing = observing
tally-votes = { $filled ->
    [1] one vote of { SPELLED($total) }
    *[other] { SPELLED($filled) } votes of { SPELLED($total) }
  }
tally-follower-infos = { $filled ->
    [1] one server registered of { SPELLED($total) }
    *[other] { SPELLED($filled) } servers registered of { SPELLED($total) }
  }
tally-ack-epochs = { $filled ->
    [1] one epoch ack of { SPELLED($total) }
    *[other] { SPELLED($filled) } epoch acks of { SPELLED($total) }
  }
tally-new-leader-acks = { $filled ->
    [1] one NEWLEADER ack of { SPELLED($total) }
    *[other] { SPELLED($filled) } NEWLEADER acks of { SPELLED($total) }
  }
tally-acks = { $filled ->
    [1] one ack of { SPELLED($total) }
    *[other] { SPELLED($filled) } acks of { SPELLED($total) }
  }
crash-server = Crash { $server }
restart-server = Restart { $server }
client-spoken = { $client } on { $server }
client-spoken-lost = { $client }, connection to { $server } lost
connection-lost = connection lost
link-slower = +{ $span }
side-quorum = { $count } of { $total } quorum
side-no-quorum = { $count } of { $total } no quorum

## Stage
in-flight = In flight
hint-power = Power switch. Click to crash, click again to restart.
hint-cut = Drag across the links to cut the network.

## Faults
faults = Faults
fault-crash-leader = Crash leader
fault-isolate-leader = Isolate leader
fault-split = Split { $majority } | { $minority }
fault-split-none = Split
fault-one-way = One-way cut
fault-slow-link = Slow link
fault-heal = Heal all
fault-needs-leader = { $act }: there is no leader now

## Transport
play = Play
pause = Pause
next-event = Next event
previous-event = Previous event
go-live = Go to the live end
is-live = live
undo = Undo
past-note = You are looking at the past. Acting here starts a branch.
time-at = { $now } seconds of { $end }
branches-label = Branches
branch-first = first run
branch-numbered = branch { $number }
branch-from = began at { $at } s
branch-ends = ends at { $at } s
branch-show = Show { $branch }
branch-rename = Name of { $branch }
branch-delete = Delete { $branch }
branch-parts = parts from this one at { $at } s
branch-same = the same as this one
clock-label = Simulated time
overview-label = Simulated time
overview-epoch = epoch { $epoch }
speed-label = Speed
speed-spoken = { $scale }, 1 s = { $span }
speed-buys = 1 s = { $span }

## Requests
requests = Requests
requests-journey = received · proposed · acks · committed · replied
requests-none = No requests yet
requests-none-about = Send a write and follow it: proposed, acknowledged, committed, answered.
request-where = { $client } → { $server }
request-at = { $client } → { $server } · { $zxid }
request-read-at = { $client } → { $server } · read at { $zxid }
request-lost = connection lost
request-no-quorum = no quorum
request-waiting = sent
request-committed = committed
request-ok = ok
request-rolled-back = not done
request-unknown = unknown
request-acks-spoken = { $filled } acks of { $total }
request-all-or-nothing = all or nothing

## Client bar
client-choose = Client
client-on = { $client } on { $server }
client-off = { $client }, not connected
send-write = Send a write
read = Read
multi = multi

## Inspector
inspect = Inspect
inspect-none = Nothing selected
inspect-none-about = Click a server or a message to look inside. Keys 1 to 9 select servers.
act-crash = Crash
act-restart = Restart
act-pause = Pause
act-resume = Resume
act-isolate = Isolate
inspect-phase-epoch = { $phase } · epoch { $epoch }
inspect-crashed = Memory gone, disk kept
inspect-way = { $from } → { $to }, { $percent }% of the way
inspect-way-held = { $from } → { $to }, held back by a cut

## Event list
events = Events
events-none = Nothing has happened yet

## Logs
logs = Logs
logs-table = Logs: one row a server, one column a transaction
logs-none = No transaction has been logged yet
logs-server = Server
logs-memory = in memory
logs-disk = on disk
logs-committed = committed
logs-truncated = truncated
logs-epoch = epoch { $epoch }
logs-epoch-short = e{ $epoch }
logs-cell-absent = { $zxid } not on { $server }
logs-cell-memory = { $zxid } in the memory of { $server }
logs-cell-disk = { $zxid } on the disk of { $server }
logs-cell-committed = { $zxid } committed on { $server }
logs-cell-truncated = { $zxid } truncated on { $server }

## Legend
legend-about = Shape is role. Hue is epoch. Fill is certainty. Glyph is message kind. Hatching is a fault you injected. Yellow is undecided. Red is a broken law.
legend-servers = Servers
legend-messages = Messages
legend-log = Log
legend-links = Links
legend-leading = solid hexagon
legend-following = ring
legend-observing = thin square: no vote
legend-looking = yellow diamond: undecided
legend-paused = process stopped, wires alive
legend-crashed = memory gone, disk kept
legend-notification = vote for S3
legend-follower-info = the epoch I accepted
legend-leader-info = proposes a new epoch
legend-ack-epoch = accepts it
legend-diff = sends what is missing
legend-trunc = cuts what is surplus
legend-snap = sends a full snapshot
legend-new-leader = history sent, confirm
legend-up-to-date = the epoch stands
legend-proposal = a log cell on its way
legend-ack = it is on my disk
legend-commit = it is decided
legend-inform = decided, to an observer
legend-ping = heartbeat
legend-request = + create  = set  − delete  {"{}"} multi
legend-response = answer
legend-session = session: connect, keep alive
legend-memory = received, not on disk
legend-disk = may be acknowledged
legend-committed = on a majority, visible
legend-truncated = withdrawn by a new leader
legend-link-up = up
legend-link-leader = leader’s channel
legend-link-cut = cut
legend-link-cut-about = both ways
legend-link-one-way = one-way cut
legend-link-slow = slow
legend-link-slow-about = with its delay
legend-link-session = session
legend-link-session-about = client

## Keys
keys-about = Keys are inactive while you type in a field.
key-play = Play or pause
key-step = Next event
key-milestone = Next milestone
key-step-back = Previous event
key-milestone-back = Previous milestone
key-nudge = 10 ms forwards
key-nudge-back = 10 ms back
key-start = To the start
key-live = To the live end
key-undo = Undo: before the last thing that was done
key-redo = Redo: behind the next thing that was done
key-slower = Slower
key-faster = Faster
key-select = Select a server
key-deselect = Deselect, close
key-crash = Crash or restart the selected server
key-pause-server = Pause or resume the selected server
key-isolate = Isolate the selected server
key-crash-leader = Crash the leader
key-split = Split the network, again for other members
key-one-way = One-way cut
key-heal = Heal everything
key-write = Send a write
key-read = Read
key-multi = Send a multi
key-legend = Legend
key-theme = Theme
key-language = Language
key-focus = Stage only
key-help = This table
key-blank = Blank the page, or show it again
key-last-key = Show the last key pressed

## Presenting and embedding
blank-spoken = The page is blank and time stands still. Press any key to go on.
last-key = Last key pressed
open-whole = Open the whole page in a tab of its own

## Toasts
toast-crashed = { $server } lost power.
toast-restarted = { $server } starts again.
toast-split = The network is split { $majority } | { $minority }.
toast-healed = Every link works again.
toast-no-leader = There is no leader to act on.
toast-nothing-to-undo = Nothing was done before this instant.
toast-nothing-to-redo = Nothing that was done lies ahead.
toast-nothing-came = Nothing of the kind happened within ten seconds of simulated time.
toast-not-reached = That did not come true within two minutes of simulated time.

## Caption
caption-none-alive = No server has power.
caption-none-alive-about = The disks keep what was flushed. Restart a majority and the ensemble goes on.
caption-no-majority = No majority is alive. Nothing can commit until { $quorum } of { $total } are.
caption-no-majority-about = { $alive ->
    [1] One server is up and looks for a leader it cannot have.
    *[other] { CAPITALIZED($alive) } servers are up and look for a leader they cannot have.
  }
caption-no-side = No side of the cut holds a majority.
caption-no-side-about = Nothing can commit until { $quorum } of { $total } servers reach each other.
caption-two-leaders = { CAPITALIZED($count) } servers say LEADING. Only { $server } has a majority.
caption-two-leaders-about = { $other } cannot commit, and steps down when it notices.
caption-two-leaders-none = { CAPITALIZED($count) } servers say LEADING. None has a majority yet.
caption-election = { $looking ->
    [0] There is no leader, and nobody looks for one yet.
    [1] One server is looking for a leader.
    *[other] { CAPITALIZED($looking) } servers are looking for a leader.
  }
caption-election-lost = { $looking ->
    [0] { $server } lost power. The others have not noticed yet.
    [1] { $server } lost power. One server is looking for a leader.
    *[other] { $server } lost power. { CAPITALIZED($looking) } servers are looking for a leader.
  }
caption-election-unnoticed = A broken connection tells a follower at once; a silent leader only after syncLimit ticks.
caption-election-votes = { $candidate } has { SPELLED($votes) } of { SPELLED($total) } votes. Votes compare by epoch, then zxid, then id.
caption-election-about = Votes compare by epoch, then zxid, then id.
caption-election-settled = A majority votes for { $candidate }. Silence for a moment decides it.
caption-discovery = { $server } won the election and asks for a new epoch.
caption-discovery-about = { $filled ->
    [1] One server of { SPELLED($total) } has registered so far.
    *[other] { CAPITALIZED($filled) } servers of { SPELLED($total) } have registered so far.
  } A majority makes epoch { $epoch } safe to propose.
caption-discovery-epoch = { $server } proposed epoch { $epoch }.
caption-discovery-epoch-about = { $filled ->
    [1] One server of { SPELLED($total) } has promised it so far.
    *[other] { CAPITALIZED($filled) } servers of { SPELLED($total) } have promised it so far.
  } Who promises follows no older leader any more.
caption-synchronization = { $server } brings its followers to the same history.
caption-synchronization-about = { $filled ->
    [1] One server of { SPELLED($total) } has confirmed NEWLEADER.
    *[other] { CAPITALIZED($filled) } servers of { SPELLED($total) } have confirmed NEWLEADER.
  } A majority establishes epoch { $epoch }.
caption-proposed = { $missing ->
    [1] { $server } proposed { $zxid } and holds { $filled ->
        [1] one ack
        *[other] { SPELLED($filled) } acks
      } of { SPELLED($total) }. One more commits it.
    *[other] { $server } proposed { $zxid } and holds { $filled ->
        [1] one ack
        *[other] { SPELLED($filled) } acks
      } of { SPELLED($total) }. { CAPITALIZED($missing) } more commit it.
  }
caption-proposed-disks = { CAPITALIZED($disks) } disks already have it, but the leader cannot know that yet.
caption-proposed-about = An ack says: it is on my disk. The leader counts itself too.
caption-committed = { $server } holds { SPELLED($filled) } acks of { SPELLED($total) }: { $zxid } is committed.
caption-committed-about = The followers learn it from COMMIT and apply it in the same order.
caption-first = { CAPITALIZED($count) } servers agreed on { $server }. Now break something.
caption-first-about = Every server here runs the whole protocol in this page. Nothing is recorded, nothing is faked.
caption-idle = { $server } leads epoch { $epoch }. { $following ->
    [0] Nobody follows.
    [1] One server follows.
    *[other] { CAPITALIZED($following) } servers follow.
  }
caption-idle-about = Everything up to { $zxid } is committed. Send a write, or take a server’s power.
caption-idle-minority = { $out ->
    [1] One server is away. The majority does not need it.
    *[other] { CAPITALIZED($out) } servers are away. The majority does not need them.
  }
caption-alone = { $holds ->
    [1] { $server } says LEADING, but nobody follows it.
    *[other] { $server } says LEADING, but only { SPELLED($holds) } of { SPELLED($total) } servers hold to it.
  }
caption-alone-about = That is no majority: nothing it proposes can commit, and it steps down when it notices.

## Narration of what a server does
note-looking = { $server } looks for a leader.
note-following = { $server } follows { $leader }: { $phase }.
note-observing = { $server } observes { $leader }: { $phase }.
note-leading = { $server } leads: { $phase }.
note-round = { $server } begins election round { $round }.
note-vote = { $server } votes for { $leader } with { $zxid }.
note-vote-epoch = { $server } changes its vote to { $leader }: epoch { $better } is higher than { $worse }.
note-vote-zxid = { $server } changes its vote to { $leader }: same epoch, and { $better } is later than { $worse }.
note-vote-id = { $server } changes its vote to { $leader }: same epoch and zxid, and its id is higher.
note-vote-counted = { $server } counts the vote of { $from } for { $leader }: { $agreeing } agree with its own.
note-settled = { $server } sees a majority for { $leader } and waits for silence.
note-found = { $server } takes { $leader } as elected in round { $round }.
note-joined = { $server } joins { $leader }, which leads already.
note-registered = { $server } registers { $learner }, which had accepted epoch { $epoch }: { $count } now.
note-epoch-proposed = { $server } proposes epoch { $epoch }.
note-epoch-accepted = { $server } has promised epoch { $epoch } on disk.
note-epoch-acked = { $server } counts the promise of { $learner }: { $count } now.
note-epoch-entered = { $server } has entered epoch { $epoch } on disk.
note-sync-diff = { $server } sends { $learner } what it lacks, up to { $zxid }: { $reason }.
note-sync-trunc = { $server } has { $learner } cut its log back to { $zxid }: { $reason }.
note-sync-snap = { $server } sends { $learner } its whole tree at { $zxid }: { $reason }.
sync-equal = both logs end at the same place
sync-ahead = it is ahead of everything committed
sync-found = its last transaction is in the leader’s log
sync-only-new-leader = it had seen no transaction of its epoch
sync-diverged = its last transaction is unknown to the leader
sync-diverged-across = its last transaction is unknown, and truncation never crosses an epoch
sync-too-old = the leader’s log does not reach back that far
sync-no-rule = no rule fits
sync-data-missing = it has no data at all
sync-not-looked = nobody looked, that rule is switched off
note-new-leader-acked = { $server } counts the confirmation of { $learner }: { $count } now.
note-established = { $server } is established in epoch { $epoch }: everything up to { $zxid } is committed.
note-up-to-date = { $server } may serve in epoch { $epoch }.
note-proposed = { $server } proposes { $zxid }.
note-acked = { $server } counts the ack of { $by } for { $zxid }: { $count } now.
note-committed = { $server } commits { $zxid }.
note-truncated = { $server } has cut its log back to { $zxid }.
note-gave-up = { $server } gives up: { $reason }.
give-up-unreachable = it could not reach its leader in five tries
give-up-gone = the connection to its leader broke
give-up-silent = its leader has been silent too long
give-up-epoch-low = the proposed epoch is below the one it promised
give-up-cannot-truncate = the log should be cut back before the snapshot that it begins with
give-up-gap = a transaction of the synchronisation does not follow the last one
give-up-commit-without-proposal = a commit of the synchronisation finds no proposal in flight
give-up-no-epoch-quorum = no majority registered in time
give-up-no-epoch-ack-quorum = no majority promised the epoch in time
give-up-no-new-leader-quorum = no majority confirmed NEWLEADER in time
give-up-quorum-lost = it no longer hears a majority
give-up-rollover = the counter of its epoch is used up
note-learner-dropped = { $server } drops { $learner }: { $reason }.
drop-more-recent = its history is more recent than the leader’s
drop-silent = it has been silent too long
drop-ack-overdue = it owes an ack for too long
drop-gone = the connection broke
drop-unexpected = it sent something that has no place here
drop-superseded = it has come back on another connection
note-ignored = { $server } ignores { $message } from { $from }: { $reason }.
ignore-old-round = a vote of an earlier round
ignore-settling = its election is settling, and the vote is not better
ignore-not-looking = neither of them is looking for a leader
ignore-not-a-voter = a server without a vote does not count
ignore-data-missing = one of them has no data to compare
ignore-not-of-new-leader = the first ack must be that of NEWLEADER
ignore-nothing-outstanding = nothing is outstanding for it
ignore-nothing-pending = no proposal is pending
ignore-ping-in-sync = a heartbeat is not answered while synchronising
ignore-wrong-phase = it has no place in this phase

## Narration of what travels, of servers, clients and commands
event-sent = { $from } sends { $message } to { $to }.
event-arrived = { $message } from { $from } reaches { $to }.
event-lost-broken = The connection broke; what was on it is lost.
event-lost-closed = A message arrives at an end that is closed, and is lost.
event-lost-crashed = A process ended; what was on its way to or from it is lost.
event-refused = Nothing changes: that is not possible now.
event-add-client = A client comes to { $server }.
event-break = A connection is reset.
event-client-attach = { $client } moves to another server.
event-client-close = { $client } ends its session.
event-client-submit = { $client } has something to ask.
event-client-start = { $client } begins anew.
event-crash = { $server } loses power.
event-crash-leader = The leader loses power.
event-cut = The way from { $from } to { $to } is cut.
event-heal-all = All ways are open again.
event-heal-and-restart = All ways are open again, all servers are started.
event-heal = The way from { $from } to { $to } is open again.
event-isolate = { $server } is cut off from all others.
event-isolate-leader = The leader is cut off from all others.
event-partition = The network falls apart: { $groups } are cut off from the others.
event-pause = { $server } is paused: its process stops, its connections stay.
event-repair = An operator repairs the disk of { $server }.
event-reset-latency = All ways are as fast as before.
event-restart = { $server } is started.
event-resume = { $server } goes on.
event-latency = From { $from } to { $to } a message now takes { $span } at least.
event-asked = { $client } asks: { $op }.
event-told = { $client } is told: ok, at { $zxid }.
event-told-error = { $client } is told: { $error }.
event-notified = { $client } hears of what it watches: { $event }.
event-unknown = { $client } lost its connection: done or not, it cannot know.
event-client-opened = { $client } has a session on { $server }.
event-client-resumed = { $client } goes on with its session on { $server }.
event-client-expired = { $client } learns that its session has expired.
event-client-lost = { $client } lost its connection and will try the next server.
event-applied = { $server } applied { $zxid }.
event-exited = The process of { $server } ended with code { $code }.
event-flushed = { $server } has { $zxid } on disk.
event-log-taken = { $server } hands { $zxid } to its disk.
event-prepared = { $server } prepared { $zxid }.
event-prepared-error = { $server } prepared { $zxid }, an error: { $error }.
event-repaired = The disk of { $server } is repaired: it can start.
event-refused-to-start = { $server } does not start: what is on its disk contradicts itself. An operator has to repair it.
event-replied = { $server } answers its client, at { $zxid }.
event-received = { $server } got a request: { $op }.
event-serving = { $server } serves clients.
event-serving-stopped = { $server } hangs up on its clients.
event-session-closed = { $server } ended session { $session }.
event-session-expired = { $server } has not heard of session { $session } for too long.
event-session-opened = { $server } opened session { $session }.
event-snapshot-loaded = { $server } took over a snapshot up to { $zxid }.
event-snapshot-taken = { $server } took a snapshot up to { $zxid }.
event-snapshot-flushed = { $server } has a snapshot up to { $zxid } on disk.
event-started = { $server } started and loaded its disk up to { $zxid }.
event-replayed = { $server } applied { $zxid } from its history.
event-reloaded = { $server } rebuilt its tree from disk up to { $zxid }.
event-deliver = By hand: the oldest message from { $from } arrives at { $to }.
event-hold-link = What { $from } sends to { $to } is held.
event-hold-step = { $server } is held back from { $step }.
event-release-all = Nothing is held any more.
event-release-link = What { $from } sends to { $to } is held no longer.
event-release-step = { $server } is free again for { $step }.
event-take-step = By hand: one step of { $server }, { $step }.
event-reset = The connections between { $from } and { $to } are reset.
event-put-disk = The disk of { $server } is given another content.
event-disk-put = { $server } has a history up to { $zxid } on its disk.
event-until = Waiting until { $condition }.
event-reached = Reached: { $condition }.
event-not-reached = Not reached in time: { $condition }.
event-exceeded-lost = Beyond what ZAB bears: a disk lost what it had confirmed, and its server does not know.
event-exceeded-quorum = Beyond what ZAB bears: the servers that have lost nothing are no quorum.
event-exceeded-tampered = Beyond what ZAB bears: a disk is not what its server left there.
event-crash-torn = { $server } loses power in the middle of a write to its disk.
event-flap = The way from { $from } to { $to } is cut and open by turns.
event-clock = The clock of { $server } is set anew.
event-disk-slow = Each write of { $server } to its disk now takes { $span } at least.
event-disk-usual = The disk of { $server } is as fast as before.
event-disk-snapshot = The newest snapshot of { $server } is damaged.
event-disk-fails = The next write of { $server } to its disk will fail.
event-disk-full = The disk of { $server } is full.
event-disk-free = The disk of { $server } has room again.
event-disk-initialize = An operator says that the empty disk of { $server } is right.
event-disk-torn = The last record in the log of { $server } is torn.
event-disk-wiped = The disk of { $server } is wiped.
event-disk-damaged = { $server } finds its disk damaged, and goes on with what can be read.
step-commit = applying what is committed
step-disk = finishing a flush of its disk
step-log = handing transactions to its disk

## Inspector, continued
inspect-logged = last logged
inspect-on-disk = last on disk
inspect-committed = last known committed
inspect-writes = writes waiting for disk
inspect-votes = Votes of round { $round }
inspect-votes-remark = Votes compare by epoch, then zxid, then id; the highest wins.
inspect-from = from
inspect-vote = vote
inspect-agrees = agrees
inspect-leader = leader
inspect-gives-up = gives up on it in
inspect-learners = What it knows of each learner
inspect-learner = learner
inspect-phase = phase
inspect-acked = acked
inspect-ticks-left = ticks left
inspect-sessions = Sessions
inspect-timeout = timeout
inspect-sent = sent
inspect-arrives = arrives
inspect-tcp = TCP neither loses nor reorders one message; only the whole connection can break.
inspect-channel = Channel { $from } → { $to }, first in, first out
inspect-message = message
