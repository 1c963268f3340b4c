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

## Sharing and keeping
share = Share
share-about = A link or a file holds all that makes this run: settings, seed, and what was done. Nothing is sent to any server.
share-link = Link to this place
share-copy = Copy link
share-place = Behind event { $events }, at { $at } s. State hash { $hash }.
share-too-long = The link would have { $length } characters; only { $max } pass everywhere. Save the scenario as a file instead.
share-files = Files
share-scenario = Save scenario
share-scenario-about = JSON; opens here and in zabsim.
share-trace = Save trace
share-trace-about = Every event as a line of JSON; opens here, in zabsim and in your own programs.
share-shiviz = Save log for ShiViz
share-shiviz-about = Every event with its vector clock.
share-open = Open a file
share-open-about = A scenario or a trace. Or drag it onto the page.
share-forget = Forget it
toast-copied = The link is copied.
toast-not-copied = The browser does not let the page copy. The link is selected: copy it by hand.
toast-opened = Opened.
toast-verified = Opened behind event { $events }. State hash { $hash }, as it was left.
toast-saved = Saved as { $name }.
toast-forgotten = Forgotten. This is a new run.
notice-bad-link = The link cannot be opened.
notice-bad-file = The file cannot be opened.
notice-untouched = What runs here is as it was.
notice-old-link = This link was made by another version. The scenario opens; its history cannot.
notice-old-file = This file was made by another version. The scenario opens; its history cannot.
notice-engines = It was made with version { $made } of the protocol's code; this page has version { $here }.
notice-engines-differ = Who is elected, the order of messages and all instants may differ. Time stands at the beginning.
notice-kept = Your last run is back, as you left it.
notice-kept-about = It is kept in this browser only.
notice-differs = This is not the run that was left.
notice-expected = Expected state hash { $hash } behind event { $events }.
notice-found = Found state hash { $hash } behind event { $events }.
notice-from = From event { $event } on the two are not the same.
notice-altered = The link or file was altered on its way, or one of the two programs was.
problem-foreign-link = It was not made by ZabScope.
problem-foreign-file = It is neither a scenario nor a trace.
problem-truncated-link = It ends too early, behind character { $at }.
problem-truncated-file = It ends too early, behind line { $at }.
problem-damaged-at = Character { $at } cannot stand in a link.
problem-damaged = It is not as it was written.
problem-future = It is written in format { $version }; this page reads up to format { $known }.
problem-too-large-link = It holds more than is read: { $limit }.
problem-too-large-file = It is larger than the { $limit } bytes that are read.
problem-content = It asks for what cannot be run: { $problem }.
advice-copy-again = Copy all of it again.
advice-get-again = Get it again where it came from.
advice-newer = Load this page again, or open it in a newer ZabScope.
advice-file = Ask for the scenario as a file.
advice-fix = Mend it there, or ask who made it.
scenario-named = { $title }

## Roles, phases, conditions
role-looking = LOOKING
role-following = FOLLOWING
role-leading = LEADING
role-observing = OBSERVING
phase-discovery = DISCOVERY
phase-synchronization = SYNC
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
branch-ends = ends at { $at } s
branch-show = Show { $branch }
branch-rename = Name of { $branch }
branch-delete = Delete { $branch }
branch-parts = parts from this one at { $at } s
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
key-console = Type at the console
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
event-client-expire = { $client } falls silent until its session has expired.
event-entered = { $client } enters: { $line }
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

## Console
console-of = Console of { $client }
console-input = Command for { $client }
console-hint = A command, or help
console-session = Session { $session } on { $server }, timeout { $timeout } ms
console-connecting = { $client } calls { $server }.
console-disconnected = { $client } has no connection and will try the next server.
console-closed = { $client } has no session.
console-expired = The session of { $client } has expired.
console-auth-failed = { $client } could not prove who it is; its session is over.
console-nobody = There is no client. Add one to ask for something.
console-waits = The command waits for its answer.
console-waits-still = The command waits for its answer, and time stands still. Play lets it go on.
console-fits = Also fits: { $names }
console-typed-ahead = Entered meanwhile:
client-menu = Clients and sessions
client-connect = Connect
client-close = Close session
client-expire = Let it expire
client-expire-about = { $client } falls silent until the servers have given its session up.
client-move = Move { $client } to
client-move-to = Move { $client } to { $server }
client-add = New client on
client-add-on = New client on { $server }
sync = sync
try-create = a write: proposed, acked by a majority, committed
try-ephemeral = an ephemeral sequential znode: gone with its session
try-read = a read, answered locally, with a watch
try-multi = several operations, all or nothing
## Data: the tree of znodes
data = Data
data-server = Tree of
data-all = all servers
data-znode = znode
data-version = version
data-tree = Znodes
data-none = No znode is selected.
data-differs = Show what differs
data-last-change = Last applied: { $server }, { $zxid }
data-owner = ephemeral { $owner }
data-form-text = text
data-form-hex = hex
data-form = Data as
square-same = { $server } as the others
square-newer = { $server } newer
square-older = { $server } older
square-absent = { $server } has it not
square-deleted = { $server } deleted it
square-down = { $server } has no memory
trees-none = No server is up, so none has a tree in memory. The disks still have theirs.
trees-equal = { $count ->
    [1] One server has a tree, up to { $zxid }.
    [2] Both trees are equal, up to { $zxid }.
    *[other] All { SPELLED($count) } trees are equal, up to { $zxid }.
  }
trees-down = { $count ->
    [1] { $servers } has no power: its tree is gone from memory, its log and snapshots are on disk.
    *[other] { $servers } have no power: their trees are gone from memory, their logs and snapshots are on disk.
  }
trees-contradict = { $servers } and { $others } are at the same zxid, { $zxid }, and have different trees. A law is broken.
trees-minority-leader = { $server } still leads epoch { $epoch }, but reaches { SPELLED($reached) } of { SPELLED($total) } servers, no quorum: nothing commits there, and its tree stays at { $zxid }.
trees-minority-learner = { $server } learns from { $leader }, which reaches no quorum: no commit comes, and its tree stays at { $zxid }.
trees-stale = { $count ->
    [1] { $servers } is stale: it has applied { $zxid }, and the commits up to { $newest } have not reached its tree. Who reads there sees the past.
    *[other] { $servers } are stale: they have applied { $zxid } or little more, and the commits up to { $newest } have not reached their trees. Who reads there sees the past.
  }
trees-looking = { $count ->
    [1] { $servers } is looking for a leader: it serves nobody, and its tree stays at { $zxid } until it is synchronised.
    *[other] { $servers } are looking for a leader: they serve nobody, and their trees stay at { $zxid } until they are synchronised.
  }
trees-paused = { $count ->
    [1] { $servers } is paused: what comes waits for it, and its tree stays at { $zxid }.
    *[other] { $servers } are paused: what comes waits for them, and their trees stay at { $zxid }.
  }
znode-data = data
znode-kind = lifetime
znode-persistent = persistent
znode-ephemeral = ephemeral
znode-container = container
znode-ttl = TTL { $span }
znode-stat = Stat of { $path }
znode-watches = Watches
znode-watches-none = Nobody watches it.
znode-watch = { $who } on { $server }: { $what }
znode-why-absent = { $count ->
    [1] { $there } have it by { $zxid }; { $behind } has not applied that yet.
    *[other] { $there } have it by { $zxid }; { $behind } have not applied that yet.
  }
znode-why-older = { $count ->
    [1] { $zxid } changed it on { $there }; { $behind } still has what was there before.
    *[other] { $zxid } changed it on { $there }; { $behind } still have what was there before.
  }
znode-why-deleted = { $count ->
    [1] It is deleted on { $there }; { $behind } has not applied that yet.
    *[other] It is deleted on { $there }; { $behind } have not applied that yet.
  }
znode-why-contradicts = { $there } have different znodes by the same { $zxid }. A law is broken.
watch-data-once = data, once
watch-data-lasting = data, persistent
watch-data-recursive = data here and below, persistent
watch-child-once = children, once
watch-child-lasting = children, persistent
watch-child-recursive = children here and below, persistent

## Sessions
sessions = Sessions
sessions-none = No session is open.
sessions-counted = { $leader } counts: a session that gives no sign of life until its arc is empty expires.
sessions-uncounted = No leader counts: no session expires until one does, and then each has its full timeout.
session-away = { $client }, not connected
session-orphan = its client has another session
session-counting = timeout { $timeout }
session-closing = ending, timeout { $timeout }
session-uncounted = not counted, timeout { $timeout }
session-ephemerals = ephemeral
session-watches = watches

## Safety: the laws
safety = Safety
laws = Laws
law-agreement = Agreement
law-agreement-about = If one server delivers a and another b, one of them delivers both
law-total-order = Total order
law-total-order-about = If a comes before b on one server, it does on all
law-integrity = Integrity
law-integrity-about = Nothing is delivered that was not broadcast
law-local-primary-order = Local primary order
law-local-primary-order-about = One leader’s transactions keep the order it gave them
law-global-primary-order = Global primary order
law-global-primary-order-about = Transactions of an earlier epoch come first
law-primary-integrity = Primary integrity
law-primary-integrity-about = A leader knows all earlier epochs before it broadcasts
law-one-leader = One leader per epoch
law-one-leader-about = No epoch is established twice
law-never-lost = Committed never lost
law-never-lost-about = A committed transaction is in every later epoch
law-linearizable-writes = Linearizable writes
law-linearizable-writes-about = Writes take effect in one order that respects real time
law-session-order = Session order
law-session-order-about = A client’s requests take effect in the order it sent them
law-agreement-broken = Two servers do not agree.
law-total-order-broken = Two servers deliver in different orders.
law-integrity-broken = Something came that was never sent so.
law-local-primary-order-broken = A leader’s order was not kept.
law-global-primary-order-broken = An earlier epoch came after a later one.
law-primary-integrity-broken = A leader does not know what came before it.
law-one-leader-broken = One epoch has two leaders.
law-never-lost-broken = A committed transaction is gone.
law-linearizable-writes-broken = The writes have no single order.
law-session-order-broken = A client was shown what cannot be.
standing-holds = holds
standing-broken = broken
standing-undecided = not decided yet
law-evaluations = { $count } checks
property-source = Source: { $source }
violation-caption = { $fact } The run is paused.
violation-property = Checked as { $property }
violation-fact-a = Fact A
violation-fact-b = Fact B
violation-when = { $at } s · epoch { $epoch }
violation-both = Both cannot be true.
violation-alone = This alone cannot be true.
violation-continue = Continue anyway
violation-go-a = Go to A
violation-go-b = Go to B
violation-stretch = Step through the last 40 ms
violation-ahead = This lies ahead of the moment that is shown.
violation-continued = The run goes on past the broken law.
flag-plain = { $letter }
flag-zxid = { $letter } · { $zxid }
flag-lacks = { $letter } · no { $zxid }
flag-epoch = { $letter } · epoch { $epoch }

## Bug museum
museum = Bug museum
museum-title = Bug museum · { $story }
museum-own = A mistake that ZooKeeper had
museum-classic = A classic mistake
museum-epoch-before-history = An epoch is written before its history
museum-ack-before-fsync = NEWLEADER is acknowledged before the history is on disk
museum-txn-ack-before-new-leader-ack = A transaction is acknowledged before NEWLEADER is
museum-stray-log-thread = The log step outlives its follower
museum-async-apply-in-sync = UPTODATE is acknowledged before the history is in the tree
museum-clear-in-flight-at-new-leader = What is in flight is forgotten at NEWLEADER
museum-no-fast-forward = The tree stays behind the log
museum-diff-without-lookup = DIFF is sent without a look at the learner's place
museum-no-epoch-files = No epoch is kept on disk
museum-snapshot-at-lead = A new leader's snapshot holds what is not committed
museum-diff-sets-last-processed = DIFF counts before its transactions have come
museum-keep-partial-snap = Half a SNAP stays in memory
museum-skip-committed-log-in-sync = What came with a synchronisation is not passed on
museum-quorum-too-small = A quorum that is one too small
museum-no-epoch-check = A promise is broken
museum-commit-out-of-order = The newer transaction is committed first
museum-leader-skips-sync = A leader sends no history
museum-ack-before-logging = A proposal is acknowledged before it is on disk
museum-votes-without-zxid = Votes are compared without zxid
museum-votes-without-epoch = Votes are compared without epoch

## What the properties say
property-leadership-1 = No two servers lead the same epoch at the same time
property-leadership-2 = An epoch has at most one established leader, ever
property-integrity = What a server delivers was proposed by a leader, and comes once
property-agreement = Of two transactions that two servers delivered, one delivered both
property-total-order = All servers deliver in one order
property-prefix-consistency = Of what two servers have delivered, one is a prefix of the other
property-local-primary-order = What a leader proposed before a transaction is delivered before it
property-global-primary-order = What belongs to an earlier epoch is delivered before all of a later one
property-primary-integrity = What a learner delivers of earlier epochs is in its leader's initial history
property-initial-history-integrity = Initial histories only grow, and have all that was committed before
property-commit-consistency = What a follower has delivered is a prefix of what its leader has
property-history-consistency = Of a leader's log and its learner's, one is a prefix of the other
property-bad-states = No packet comes where it cannot, and nobody serves unsynchronised
property-bad-acks = Nothing is acknowledged that the leader does not have or wait for
property-bad-proposals = Every PROPOSAL follows the last one, and no TRUNC cuts what is delivered
property-bad-commits = Every COMMIT is for the oldest proposal held; no snapshot goes beyond it
property-committed-log-monotonicity = What a leader has committed only grows, on top of all before it
property-leader-log-completeness = A leader's history has all that is committed in epochs up to its own
property-committed-log-durability = A synchronisation never cuts off what is committed
property-process-consistency = A learner's log is a prefix of its leader's history
property-quorum-durability = What is committed, or shown to a client, is on the disks of a quorum
property-epoch-sanity = currentEpoch <= acceptedEpoch, neither falls, and a promise is on disk first
property-vote-sanity = Within a round a server's proposal only moves up in the order of votes
property-replica-equality = Servers at the same zxid have equal trees and know the same sessions
property-linearizable-writes = The order of committed writes extends real time, and each has the outcome that it has on the tree before it
property-fifo-client-order = A session's writes are ordered as they were sent, and its operations take effect one behind the other
property-consistent-reads = Each read answers what one committed state holds, and for one client these states never go back
property-single-system-image = What a session is shown never goes back, whichever servers it talks to
property-sync-freshness = Behind a sync, a client's next read shows what the leader that answered had committed
property-durability = A write that was answered with success is part of every later tree
property-atomicity = Of a multi all operations take effect or none, and no reader sees a part
property-watch-order = A client hears of a change that it watches before it sees it, and once a watch
property-timeliness = A view lags by less than a bound, and a session ends only after its timeout without a sign of life
property-unknown-outcome = A write whose connection was lost before the answer takes effect once, or never
property-replicas = A server's tree is the one that all transactions up to its zxid make
property-ephemeral-owners = Every ephemeral znode belongs to a session that is alive at that zxid
property-sequence-numbers = The numbers of sequential znodes rise with the zxid, as long as their parent is the same
property-versions = Version counts the sets of data, cversion the creates and deletes of children, pzxid is the last one's

## The facts of a violation
fact-acknowledged = { $server } acknowledged { $zxid }.
fact-asked = { $server } was asked to promise epoch { $epoch }.
fact-commit-came = A COMMIT of { $zxid } came to { $server }.
fact-committed = { $zxid } is committed, as { $server } says.
fact-delivered = { $server } has delivered everything up to { $zxid }.
fact-delivered-again = { $server } delivers { $zxid } once more.
fact-delivered-behind = { $server } delivers { $zxid } behind { $last }.
fact-delivered-instead = { $server } has delivered { $zxid } in its place.
fact-delivered-without = { $server } has delivered { $zxid } without { $lacks }.
fact-drops = { $server } hangs up on { $learner }, which sent what has no place.
fact-epochs = On disk { $server } has acceptedEpoch { $accepted } and currentEpoch { $current }.
fact-hears = { $message } from { $from } reached { $server }.
fact-leads = { $server } leads epoch { $epoch }.
fact-leads-without = { $server } leads from a history that ends at { $initial_last } and lacks { $lacks }.
fact-logged = On its disk { $server } has a history up to { $zxid }.
fact-logged-without = { $server } has logged { $zxid } without { $lacks }.
fact-never-proposed = { $server } delivers { $zxid }, which no leader has proposed.
fact-on-disks = { $server } shows { $zxid }, which is on { $disks } disks; a quorum has { $quorum }.
fact-promised = { $server } promises epoch { $epoch } with acceptedEpoch { $accepted } on disk.
fact-proposal-came = A PROPOSAL of { $zxid } came to { $server }.
fact-proposed = { $server } has proposed everything up to { $zxid }.
fact-queued = { $server } holds the proposal { $zxid }.
fact-replica = At { $zxid } { $server } has the tree { $digest } and knows { $sessions } sessions.
fact-snapshot-taken = { $server } took a snapshot up to { $zxid }.
fact-stands = { $server } is { $role }, in phase { $phase }.
fact-synchronized = { $server } was synchronised up to { $zxid }.
fact-sync-op-came = { $op } came to { $server }.
fact-truncated = { $server } cut its log behind { $zxid }.
fact-voted = { $server } votes for { $candidate } at { $zxid }, epoch { $epoch }.
fact-answered = { $client } was told the answer to operation { $xid }, at { $zxid }.
fact-answered-error = { $client } was told { $error } to operation { $xid }, at { $zxid }.
fact-client-asked = { $client } asked operation { $xid }.
fact-behind = { $server } answers at { $zxid } and has lacked the next transaction for { $lag }; it may for { $bound }.
fact-counted = Behind { $zxid } a { $counter } is { $found }; the changes make { $expected }.
fact-ephemeral-of = At { $zxid } there is an ephemeral znode of session { $session }.
fact-expired = { $server } ends session { $session } after { $silence } of silence; its timeout is { $timeout }.
fact-heard = { $server } heard of session { $session }.
fact-notified = { $client } hears of a change.
fact-notified-at = { $client } hears of the change by { $zxid }.
fact-not-watched = { $client } hears of a change that it has no watch for.
fact-numbered = { $zxid } gives the sequence number { $number }.
fact-ordered = Operation { $xid } of { $client } is transaction { $zxid }.
fact-part = At { $zxid } { $client } was shown a part of the multi { $multi }.
fact-session-over = Behind { $zxid } session { $session } is over.
fact-shown = { $client } was shown a state at { $zxid }.
fact-state = All transactions up to { $zxid } make the tree { $digest }.
fact-sync-processed = { $server } processed a sync of { $client } with { $zxid } committed.
fact-watches = { $client } watches since the state at { $zxid }, and has heard nothing.
fact-wrong-outcome = { $zxid } is not what the tree before it makes of the request.
fact-wrong-outcome-of = { $zxid } is not what operation { $xid } of { $client } makes of the tree before it.
## Space–time
spacetime = Space–time
spacetime-label = Space–time diagram, from { $from } to { $until } seconds. Arrow keys move it, plus and minus zoom, Enter goes to the ink line.
spacetime-arrived = { $message }, { $from } → { $to }: sent at { $sent }, there at { $at }, { $span } later.
spacetime-in-flight = { $message }, { $from } → { $to }: sent at { $sent }, will be there at { $at }, { $span } later.
spacetime-held = { $message }, { $from } → { $to }: sent at { $sent }, held on its way.
spacetime-lost = { $message }, { $from } → { $to }: sent at { $sent }, lost.
spacetime-ahead = { $message }, { $from } → { $to }: will be sent at { $sent }.
spacetime-written = { $server } has written an epoch or a snapshot to its disk.
spacetime-band = { $who }: { $state }.
spacetime-band-phase = { $who }: { $state }, { $phase }, epoch { $epoch }.
spacetime-connected = connected
spacetime-command = Something is done from outside.
spacetime-folded = Folded: { $count } events, signs of life only.
spacetime-pings = Pings
spacetime-filter = Filter
spacetime-fold = Fold quiet times
spacetime-follow = To the ink line
spacetime-svg = Save the picture as SVG
spacetime-png = Save the picture as PNG
spacetime-recovery = Discovery and sync
spacetime-clients = Clients
spacetime-all = All
spacetime-end = Server or client
spacetime-transaction = Transaction

## Why
why-at = At { $at } s
why-paper = paper
why-paper-step = phase { $phase }, { $step }
why-action = specification
why-chain = What led to it
why-no-cause = Nothing led to it: here it begins.
why-command = Someone outside did this. It has no cause within the ensemble.
why-refused = It was asked for from outside, and the ensemble is not in a state in which it can be done.
why-client = A client knows only what its server has answered: after a lost connection it cannot know what became of a request.
why-condition = The scenario waited for this before it went on.
why-connection = Servers and clients talk over TCP: what is sent arrives in order, or the whole connection breaks.
why-exceeded = ZAB bears crashes, slowness and lost connections. It does not bear disks that forget what they confirmed.
why-lost = A message is lost only with its connection: it broke, or a process at one end has ended.
why-notification = A LOOKING server tells every voter its vote, and again when it changes or nothing is heard. Others answer with the leader they have.
why-follower-info = A learner tells the newest epoch that it has promised. The leader waits for a quorum, so that its own epoch will be above every promise.
why-leader-info = The leader asks for a promise of an epoch above all that its quorum has promised. Whoever promises obeys no older leader.
why-ack-epoch = The answer says how far the learner's history goes. No learner of the quorum may be ahead of the leader.
why-promise = A promise counts only once it is on disk, so that a crash cannot break it.
why-epoch-entered = The epoch is entered once the leader's history is on disk: currentEpoch vouches for the history.
why-synchronization = A quorum has promised. Now every learner gets the leader's history before anything new is proposed.
why-diff = The learner's history is a beginning of the leader's: it only needs what follows.
why-trunc = The learner has transactions that the leader's history does not: they were never committed, and are cut off.
why-snap = The learner is too far behind for a list of transactions, or no common point is known: it gets the whole tree.
why-new-leader = The learner has the leader's whole history. It confirms once history and epoch are on disk; a quorum makes the history committed.
why-up-to-date = A quorum holds the leader's history on disk. It is committed, and servers may serve clients again.
why-proposal = Only the leader proposes, in the order of zxids, and every follower gets every proposal in that order.
why-ack = A server acknowledges a proposal once it is on disk. The leader counts its own disk as well.
why-commit = A quorum of voters has it on disk, and everything before it is committed: no later leader can lack it.
why-inform = An observer has no vote: it gets what is decided together with the decision.
why-ping = Leader and learners show each other signs of life every half tick. Who is silent for too long is given up.
why-request = A server answers reads from its own tree. What changes something goes to the leader, who gives it its place in the order.
why-sync-reply = A sync waits until its server has applied everything that the leader had committed when the sync arrived.
why-reply = A client is answered by its own server, once that server has applied the transaction, in the order of the client's requests.
why-watch = A watch fires once, and its client hears of it before it sees any answer that shows the change.
why-session = A session is opened and closed by transactions, so that all servers agree on it. The leader decides when one expires.
why-looking = A server without a leader looks for one: it stops serving until it has found one.
why-elected = A quorum has voted for the same server, or already follows it. Whoever is voted for leads, the others follow.
why-round = Votes count within one round only. A server that hears of a later round begins it too and forgets the votes it has.
why-first-vote = Every server begins a round with a vote for itself.
why-better-vote = Of two votes the one with the higher epoch wins, then the higher zxid, then the higher id: the fullest history leads.
why-vote-counted = Votes that equal the server's own are counted, until a quorum agrees.
why-settled = A quorum agrees. A better vote may still be on its way, so the server waits for a short silence.
why-silence = Nothing was heard in time. Whether the other side is dead or slow cannot be told; after the limit it is given up.
why-gave-up = Without a quorum, or without its leader, a server can decide nothing: it goes back to looking for a leader.
why-dropped = The leader closes the connection to a learner that it cannot rely on; the learner will look for a leader again.
why-ignored = Messages may be late or come twice. What has no place any more is ignored.
why-timer = A timer that was set earlier has run out.
why-applied = Every server applies the committed transactions to its tree in the order of their zxids, and so all trees agree.
why-disk = What was promised must outlive a crash: nothing is acknowledged before it is on disk.
why-prepared = The leader checks a request against the tree with all that is still under way, and turns it into a transaction with the next zxid. An error takes a zxid too.
why-serving = A server serves clients only while it follows, or is, an established leader.
why-snapshot = A snapshot is the whole tree on disk: a server starts from the newest one, and from the log behind it.
why-start = A server begins with what is on its disk and nothing else: snapshot, log and the two epoch files.
why-exit = A process that cannot go on safely ends itself rather than do something wrong.
what-timer = A timer runs out: { $timer }.
what-opened = A connection from { $from } to { $to } is open.
what-closed = A connection is closed.
what-opening = TCP, { $from } → { $to }: a connection is being opened.
what-closing = TCP, { $from } → { $to }: the connection is closed.
what-server = { $who } did a small step of its own.
what-else = Something small happened.
