### 中文。先说是哪台服务器，再说它知道什么；数字在前，不用感叹号。协议与接口的标识符保留英文。
### 中文与拉丁字母、数字之间留一个空格；标点用全角。

# SPELLED() 用的数词，从零开始；后面总跟量词，所以是“两”。
spelled-numbers = 零 一 两 三 四 五 六 七 八 九 十 十一 十二

# 并列名称之间的分隔。
list-separator = 、

## 页面框架
app-name = ZabScope
page-title = ZabScope：看见 ZooKeeper 的原子广播
skip-to-stage = 跳到舞台
region-stage = 舞台
region-ensemble = 集群
region-transport = 播放控制
region-rail = 请求与检视
region-dock = 事件与日志
close = 关闭

## 场景菜单
scenario-menu = 场景
scenario-title = { SPELLED($count) }台服务器
scenario-presets = 情节
scenario-servers = 服务器数
scenario-seed = 随机种子
scenario-seed-hint = 种子相同，运行过程就逐个事件相同。
scenario-start = 开始
preset-healthy = 健康的集群
preset-healthy-about = 领导者已选出，有一个客户端，一切正常
preset-leader-crash = 领导者崩溃
preset-leader-crash-about = 一次写入之后领导者断电，其余服务器选出新的领导者
preset-partition = 网络一分为二
preset-partition-about = 领导者留在少数一侧，什么也提交不了
preset-transaction-wrong = 事务的初稿
preset-transaction-wrong-about = 逐个创建和删除，许多教程都这样写
preset-transaction-right = 事务的正确写法
preset-transaction-right-about = 一个 multi，执行途中领导者断电

## 顶栏
theme = 主题
theme-light = 浅色
theme-dark = 深色
theme-projector = 投影
language = 语言
keys = 快捷键
legend = 图例
laws-hold = { $count } 条性质均成立
laws-broken = { $count } 条性质被违反

## 分享与保存
share = 分享
share-about = 链接或文件包含这次运行的全部要素：设置、种子和所做的操作。不会向任何服务器发送任何内容。
share-link = 指向此处的链接
share-copy = 复制链接
share-place = 第 { $events } 个事件之后，{ $at } 秒。状态哈希 { $hash }。
share-too-long = 链接将有 { $length } 个字符；并非处处都能通过超过 { $max } 个字符的链接。请改为把场景保存为文件。
share-files = 文件
share-scenario = 保存场景
share-scenario-about = JSON；可在此处和 zabsim 中打开。
share-trace = 保存轨迹
share-trace-about = 每个事件一行 JSON；可在此处、zabsim 和您自己的程序中打开。
share-shiviz = 保存 ShiViz 日志
share-shiviz-about = 每个事件及其向量时钟。
share-open = 打开文件
share-open-about = 场景或轨迹。也可以把文件拖到页面上。
share-forget = 忘记它
share-drop = 放下场景或轨迹文件即可打开。
toast-copied = 链接已复制。
toast-not-copied = 浏览器不允许页面复制。链接已选中，请手动复制。
toast-opened = 已打开。
toast-verified = 已打开到第 { $events } 个事件之后。状态哈希 { $hash }，与离开时一致。
toast-saved = 已保存为 { $name }。
toast-forgotten = 已忘记。这是一次新的运行。
notice-bad-link = 无法打开此链接。
notice-bad-file = 无法打开此文件。
notice-untouched = 当前的运行保持原样。
notice-old-link = 此链接由另一版本生成。场景可以打开，历史无法恢复。
notice-old-file = 此文件由另一版本生成。场景可以打开，历史无法恢复。
notice-engines = 它由协议代码的版本 { $made } 生成；本页为版本 { $here }。
notice-engines-differ = 谁当选、消息的顺序以及所有时刻都可能不同。时间停在开头。
notice-kept = 上次的运行已恢复到您离开时的样子。
notice-kept-about = 它只保存在此浏览器中。
notice-differs = 这不是当初离开时的运行。
notice-expected = 预期状态哈希 { $hash }，第 { $events } 个事件之后。
notice-found = 实际状态哈希 { $hash }，第 { $events } 个事件之后。
notice-from = 从第 { $event } 个事件起两者不同。
notice-altered = 链接或文件在途中被改动，或者其中一个程序被改动。
problem-foreign-link = 它不是由 ZabScope 生成的。
problem-foreign-file = 它既不是场景也不是轨迹。
problem-truncated-link = 它在第 { $at } 个字符之后过早结束。
problem-truncated-file = 它在第 { $at } 行之后过早结束。
problem-damaged-at = 第 { $at } 个字符不能出现在链接中。
problem-damaged = 它与写入时不同。
problem-future = 它以格式 { $version } 写成；本页最高可读格式 { $known }。
problem-too-large-link = 它包含的内容超过可读取的上限：{ $limit }。
problem-too-large-file = 它大于可读取的 { $limit } 字节。
problem-content = 它要求的内容无法运行：{ $problem }。
advice-copy-again = 请重新完整复制。
advice-get-again = 请从来源处重新获取。
advice-newer = 请重新加载本页，或用更新的 ZabScope 打开。
advice-file = 请索取场景文件。
advice-fix = 请在该处修正，或询问制作者。
scenario-named = { $title }

## 角色、阶段、状态
role-looking = 寻主
role-following = 跟随者
role-leading = 领导者
role-observing = 观察者
phase-discovery = 发现
phase-synchronization = 同步
no-power = 已断电
paused = 已暂停
votes-for = 投给 { $server }
station-election = 选举
station-discovery = 发现
station-synchronization = 同步
station-broadcast = 广播
phase-line = 协议的各阶段，以及处于各阶段的服务器
phase-line-station = { $station }：{ $servers }

## 供读屏软件朗读的名称
server-spoken = { $server }，{ $state }，纪元 { $epoch }，最后 zxid { $zxid }
server-spoken-tally = { $server }，{ $state }，纪元 { $epoch }，最后 zxid { $zxid }，{ $tally }
spoken-crashed = 已断电
spoken-paused = 已暂停
spoken-looking = 寻主
spoken-following = 跟随者
spoken-leading = 领导者
spoken-observing = 观察者
tally-votes = 已得 { $filled }/{ $total } 张选票
tally-follower-infos = 已有 { $filled }/{ $total } 台服务器登记
tally-ack-epochs = 已有 { $filled }/{ $total } 台确认纪元
tally-new-leader-acks = 已收到 { $filled }/{ $total } 个 NEWLEADER 确认
tally-acks = 已收到 { $filled }/{ $total } 个确认
crash-server = 使 { $server } 崩溃
restart-server = 重启 { $server }
client-spoken = { $client }，连接 { $server }
client-spoken-lost = { $client }，与 { $server } 的连接已丢失
connection-lost = 连接丢失
link-slower = +{ $span }
side-quorum = { $count }/{ $total } 已过半
side-no-quorum = { $count }/{ $total } 未过半

## 舞台
in-flight = 传输中
hint-power = 电源开关：点一下断电，再点一下重启。
hint-cut = 横跨链路拖动，即可切断网络。

## 故障
faults = 故障
fault-crash-leader = 领导者崩溃
fault-isolate-leader = 隔离领导者
fault-split = 分区 { $majority } | { $minority }
fault-split-none = 分区
fault-one-way = 单向断开
fault-slow-link = 慢链路
fault-heal = 全部恢复
fault-needs-leader = { $act }：此刻没有领导者

## 播放控制
play = 播放
pause = 暂停
next-event = 下一个事件
previous-event = 上一个事件
go-live = 跳到最新处
is-live = 最新
undo = 撤销
past-note = 您正在查看过去。在此操作将产生新分支。
time-at = 第 { $now } 秒，共 { $end } 秒
branches-label = 分支
branch-first = 初次运行
branch-numbered = 分支 { $number }
branch-from = 始于 { $at } 秒
branch-ends = 止于 { $at } 秒
branch-show = 显示 { $branch }
branch-rename = { $branch } 的名称
branch-delete = 删除 { $branch }
branch-parts = 在 { $at } 秒处与当前分支分开
branch-same = 与当前分支相同
clock-label = 模拟时间
overview-label = 模拟时间
overview-epoch = 纪元 { $epoch }
speed-label = 速度
speed-spoken = { $scale }，1 s = { $span }
speed-buys = 1 s = { $span }

## 请求
requests = 请求
requests-journey = 收到 · 提案 · 确认 · 已提交 · 应答
requests-none = 还没有请求
requests-none-about = 发送一个写请求，跟着它走：提案、确认、提交、应答。
request-where = { $client } → { $server }
request-at = { $client } → { $server } · { $zxid }
request-read-at = { $client } → { $server } · 读取于 { $zxid }
request-lost = 连接丢失
request-no-quorum = 未过半
request-waiting = 已发送
request-committed = 已提交
request-ok = 成功
request-rolled-back = 未执行
request-unknown = 结果未知
request-acks-spoken = 已收到 { $filled }/{ $total } 个确认
request-all-or-nothing = 全部成功或全部失败

## 客户端栏
client-choose = 客户端
client-on = { $client } 连接 { $server }
client-off = { $client }，未连接
send-write = 发送写请求
read = 读取
multi = multi

## 检视
inspect = 检视
inspect-none = 未选中任何对象
inspect-none-about = 点击服务器或消息，即可查看其内部。按 1 到 9 选择服务器。
act-crash = 崩溃
act-restart = 重启
act-pause = 暂停
act-resume = 继续
act-isolate = 隔离
inspect-phase-epoch = { $phase } · 纪元 { $epoch }
inspect-crashed = 内存清空，磁盘仍在
inspect-way = { $from } → { $to }，已行进 { $percent }%
inspect-way-held = { $from } → { $to }，被断开的链路挡住

## 事件列表
events = 事件
events-none = 尚未发生任何事件

## 日志
logs = 事务日志
logs-table = 事务日志：每行一台服务器，每列一个事务
logs-none = 尚未写入任何事务
logs-server = 服务器
logs-memory = 未落盘
logs-disk = 已落盘
logs-committed = 已提交
logs-truncated = 已截断
logs-epoch = 纪元 { $epoch }
logs-epoch-short = e{ $epoch }
logs-cell-absent = { $server } 没有 { $zxid }
logs-cell-memory = { $zxid } 在 { $server } 的内存中，未落盘
logs-cell-disk = { $zxid } 在 { $server } 上已落盘
logs-cell-committed = { $zxid } 在 { $server } 上已提交
logs-cell-truncated = { $zxid } 在 { $server } 上已截断

## 图例
legend-about = 形状是角色，色相是纪元，填充是确定程度，图标是消息种类，斜纹是您注入的故障，黄色是未定，红色是性质被违反。
legend-servers = 服务器
legend-messages = 消息
legend-log = 日志
legend-links = 链路
legend-leading = 实心六边形
legend-following = 圆环
legend-observing = 细边方形：不投票
legend-looking = 黄色菱形：尚无定论
legend-paused = 进程停住，网络仍在
legend-crashed = 内存清空，磁盘仍在
legend-notification = 选票：投给 S3
legend-follower-info = 我接受过的纪元
legend-leader-info = 提议新纪元
legend-ack-epoch = 接受新纪元
legend-diff = 补发缺少的事务
legend-trunc = 截去多余的事务
legend-snap = 发送整个快照
legend-new-leader = 历史已发完，请确认
legend-up-to-date = 纪元已建立
legend-proposal = 提案：一格在途的日志
legend-ack = 已落盘
legend-commit = 已成定局
legend-inform = 告知观察者：内容加提交
legend-ping = 心跳
legend-request = + 创建  = 修改  − 删除  {"{}"} 多操作
legend-response = 应答
legend-session = 会话：建立连接，维持心跳
legend-memory = 已收到，未落盘
legend-disk = 可以确认
legend-committed = 过半落盘，可见
legend-truncated = 被新领导者撤回
legend-link-up = 连通
legend-link-leader = 领导者链路
legend-link-cut = 断开
legend-link-cut-about = 双向
legend-link-one-way = 单向断开
legend-link-slow = 慢
legend-link-slow-about = 标出延迟
legend-link-session = 会话
legend-link-session-about = 客户端

## 快捷键
keys-about = 在输入框中打字时，快捷键不起作用。
key-play = 播放或暂停
key-step = 下一个事件
key-milestone = 下一个里程碑
key-step-back = 上一个事件
key-milestone-back = 上一个里程碑
key-nudge = 前进 10 ms
key-nudge-back = 后退 10 ms
key-start = 跳到开头
key-live = 跳到最新处
key-undo = 撤销：回到上一个操作之前
key-redo = 重做：前进到下一个操作之后
key-slower = 减速
key-faster = 加速
key-select = 选择服务器
key-deselect = 取消选择，关闭
key-crash = 使选中的服务器崩溃，或重启它
key-pause-server = 暂停选中的服务器，或让它继续
key-isolate = 隔离选中的服务器
key-crash-leader = 使领导者崩溃
key-split = 网络分区，再按换一组成员
key-one-way = 单向断开
key-heal = 全部恢复
key-write = 发送写请求
key-read = 读取
key-multi = 发送 multi
key-console = 在控制台输入命令
key-legend = 图例
key-theme = 主题
key-language = 语言
key-focus = 只看舞台
key-help = 本表
key-blank = 黑屏，或恢复显示
key-last-key = 显示最后按下的键

## 演示与嵌入
blank-spoken = 页面已黑屏，时间静止。按任意键继续。
last-key = 最后按下的键
open-whole = 在新标签页中打开完整页面

## 提示条
toast-crashed = { $server } 断电。
toast-restarted = { $server } 重新启动。
toast-split = 网络已分区：{ $majority } | { $minority }。
toast-healed = 所有链路都已恢复。
toast-no-leader = 此刻没有可供操作的领导者。
toast-nothing-to-undo = 此刻之前没有可撤销的操作。
toast-nothing-to-redo = 此刻之后没有可重做的操作。
toast-nothing-came = 模拟时间十秒之内没有发生此类事件。
toast-not-reached = 模拟时间两分钟之内该条件没有成立。

## 说明
caption-none-alive = 没有一台服务器通电。
caption-none-alive-about = 已落盘的内容仍在磁盘上。重启过半服务器，集群就能继续。
caption-no-majority = 存活的服务器未过半；须有 { $quorum }/{ $total } 台才能提交。
caption-no-majority-about = { SPELLED($alive) }台服务器仍在运行，正在寻找一位选不出来的领导者。
caption-no-side = 断开后的任何一侧都未过半。
caption-no-side-about = 须有 { $quorum }/{ $total } 台服务器彼此连通，才能提交。
caption-two-leaders = { SPELLED($count) }台服务器自称 LEADING，只有 { $server } 拥有多数派。
caption-two-leaders-about = { $other } 无法提交，察觉之后就会退位。
caption-two-leaders-none = { SPELLED($count) }台服务器自称 LEADING，都还没有多数派。
caption-election = { $looking ->
    [0] 没有领导者，也还没有服务器在寻主。
    *[other] { SPELLED($looking) }台服务器正在选举领导者。
  }
caption-election-lost = { $looking ->
    [0] { $server } 断电，其余服务器尚未察觉。
    *[other] { $server } 断电，{ SPELLED($looking) }台服务器正在选举领导者。
  }
caption-election-unnoticed = 连接断开，跟随者立刻知道；领导者若只是沉默，要过 syncLimit 个 tick 才会察觉。
caption-election-votes = { $candidate } 已得 { $votes }/{ $total } 张选票。选票先比纪元，再比 zxid，最后比编号。
caption-election-about = 选票先比纪元，再比 zxid，最后比编号。
caption-election-settled = 过半选票投给了 { $candidate }。静候片刻，没有更优的选票就成定局。
caption-discovery = { $server } 赢得选举，开始商定新纪元。
caption-discovery-about = 已有 { $filled }/{ $total } 台服务器登记。过半登记后，提议纪元 { $epoch } 才是安全的。
caption-discovery-epoch = { $server } 提议纪元 { $epoch }。
caption-discovery-epoch-about = 已有 { $filled }/{ $total } 台服务器承诺。作出承诺的服务器不再跟随更旧的领导者。
caption-synchronization = { $server } 正在把自己的历史交给所有跟随者。
caption-synchronization-about = 已有 { $filled }/{ $total } 台服务器确认 NEWLEADER。过半确认后，纪元 { $epoch } 建立。
caption-proposed = { $server } 提出提案 { $zxid }，已收到 { $filled }/{ $total } 个确认，再得{ SPELLED($missing) }个即可提交。
caption-proposed-disks = 其实已有{ SPELLED($disks) }台落盘，只是领导者尚不知情。
caption-proposed-about = 确认的意思是：已经写到我的磁盘上。领导者自己也算一份。
caption-committed = { $server } 收到 { $filled }/{ $total } 个确认：{ $zxid } 已提交。
caption-committed-about = 跟随者从 COMMIT 得知，并按同样的顺序应用。
caption-first = { SPELLED($count) }台服务器选出了 { $server }。现在，试着破坏点什么。
caption-first-about = 每台服务器都在本页面内运行完整协议：没有录像，没有伪造。
caption-idle = { $following ->
    [0] { $server } 领导纪元 { $epoch }，没有跟随者。
    *[other] { $server } 领导纪元 { $epoch }，有{ SPELLED($following) }台服务器跟随。
  }
caption-idle-about = 截至 { $zxid } 的事务都已提交。发送一个写请求，或者让一台服务器断电。
caption-idle-minority = 有{ SPELLED($out) }台服务器不在；多数派并不需要它们。
caption-alone = { $holds ->
    [1] { $server } 自称 LEADING，却没有跟随者。
    *[other] { $server } 自称 LEADING，但 { $total } 台服务器中只有{ SPELLED($holds) }台认它。
  }
caption-alone-about = 这不是多数派：它的提案无法提交，察觉之后就会退位。

## 服务器做了什么
note-looking = { $server } 开始寻主。
note-following = { $server } 跟随 { $leader }：{ $phase }。
note-observing = { $server } 观察 { $leader }：{ $phase }。
note-leading = { $server } 领导：{ $phase }。
note-round = { $server } 开始第 { $round } 轮选举。
note-vote = { $server } 投给 { $leader }，zxid 为 { $zxid }。
note-vote-epoch = { $server } 改投 { $leader }：纪元 { $better } 高于 { $worse }。
note-vote-zxid = { $server } 改投 { $leader }：纪元相同，{ $better } 晚于 { $worse }。
note-vote-id = { $server } 改投 { $leader }：纪元与 zxid 都相同，它的编号更大。
note-vote-counted = { $server } 计入 { $from } 投给 { $leader } 的选票：与自己一致的现有 { $agreeing } 张。
note-settled = { $server } 看到过半选票投给 { $leader }，静候片刻。
note-found = { $server } 认定 { $leader } 在第 { $round } 轮当选。
note-joined = { $server } 加入已在领导的 { $leader }。
note-registered = { $server } 登记 { $learner }，其接受过的纪元为 { $epoch }：现有 { $count } 台。
note-epoch-proposed = { $server } 提议纪元 { $epoch }。
note-epoch-accepted = { $server } 对纪元 { $epoch } 的承诺已落盘。
note-epoch-acked = { $server } 计入 { $learner } 的承诺：现有 { $count } 个。
note-epoch-entered = { $server } 进入纪元 { $epoch }，已落盘。
note-sync-diff = { $server } 向 { $learner } 补发缺少的事务，直到 { $zxid }：{ $reason }。
note-sync-trunc = { $server } 让 { $learner } 把日志截断到 { $zxid }：{ $reason }。
note-sync-snap = { $server } 向 { $learner } 发送截至 { $zxid } 的整棵树：{ $reason }。
sync-equal = 两份日志止于同一处
sync-ahead = 它比已提交的一切都新
sync-found = 它的最后一个事务在领导者的日志中
sync-only-new-leader = 它在自己的纪元里没有见过任何事务
sync-diverged = 领导者不认识它的最后一个事务
sync-diverged-across = 领导者不认识它的最后一个事务，而截断从不跨越纪元
sync-too-old = 领导者的日志没有那么久远
sync-no-rule = 没有适用的规则
sync-data-missing = 它没有任何数据
sync-not-looked = 没有查看，这条规则已关闭
note-new-leader-acked = { $server } 计入 { $learner } 的确认：现有 { $count } 个。
note-established = { $server } 建立了纪元 { $epoch }：截至 { $zxid } 的事务都已提交。
note-up-to-date = { $server } 可以在纪元 { $epoch } 提供服务。
note-proposed = { $server } 提出提案 { $zxid }。
note-acked = { $server } 计入 { $by } 对 { $zxid } 的确认：现有 { $count } 个。
note-committed = { $server } 提交 { $zxid }。
note-truncated = { $server } 已把日志截断到 { $zxid }。
note-gave-up = { $server } 放弃：{ $reason }。
give-up-unreachable = 试了五次都连不上领导者
give-up-gone = 与领导者的连接断开
give-up-silent = 领导者沉默太久
give-up-epoch-low = 提议的纪元低于它承诺过的纪元
give-up-cannot-truncate = 要求截断之处早于日志起点的快照
give-up-gap = 同步中的一个事务与前一个不相接
give-up-commit-without-proposal = 同步中的一个提交找不到在途的提案
give-up-no-epoch-quorum = 限时之内登记未过半
give-up-no-epoch-ack-quorum = 限时之内对纪元的承诺未过半
give-up-no-new-leader-quorum = 限时之内对 NEWLEADER 的确认未过半
give-up-quorum-lost = 听得到的服务器不再过半
give-up-rollover = 本纪元的计数器已用尽
note-learner-dropped = { $server } 不再接受 { $learner }：{ $reason }。
drop-more-recent = 它的历史比领导者的更新
drop-silent = 它沉默太久
drop-ack-overdue = 它欠一个确认太久
drop-gone = 连接断开
drop-unexpected = 它发来了不该在此出现的消息
drop-superseded = 它已用另一个连接回来
note-ignored = { $server } 忽略 { $from } 的 { $message }：{ $reason }。
ignore-old-round = 这是更早一轮的选票
ignore-settling = 它的选举即将落定，而这张选票并不更优
ignore-not-looking = 双方都不在寻主
ignore-not-a-voter = 没有投票权的服务器不计入
ignore-data-missing = 其中一方没有可供比较的数据
ignore-not-of-new-leader = 第一个确认必须针对 NEWLEADER
ignore-nothing-outstanding = 没有等待它处理的内容
ignore-nothing-pending = 没有待定的提案
ignore-ping-in-sync = 同步期间不回应心跳
ignore-wrong-phase = 它在这个阶段没有意义

## 传输、服务器、客户端与指令
event-sent = { $from } 向 { $to } 发送 { $message }。
event-arrived = { $from } 的 { $message } 到达 { $to }。
event-lost-broken = 连接断开，其中的消息全部丢失。
event-lost-closed = 一条消息到达已关闭的一端，丢失。
event-lost-crashed = 一个进程终止，发往它和来自它的消息全部丢失。
event-refused = 没有变化：此刻无法这样做。
event-add-client = 一个客户端来到 { $server }。
event-break = 一个连接被重置。
event-client-attach = { $client } 转到另一台服务器。
event-client-close = { $client } 结束会话。
event-client-submit = { $client } 有请求要发。
event-client-start = { $client } 重新开始。
event-client-expire = { $client } 不再出声，直到会话过期。
event-entered = { $client } 输入：{ $line }
event-crash = { $server } 断电。
event-crash-leader = 领导者断电。
event-cut = { $from } 到 { $to } 的链路断开。
event-heal-all = 所有链路恢复连通。
event-heal-and-restart = 所有链路恢复连通，所有服务器启动。
event-heal = { $from } 到 { $to } 的链路恢复连通。
event-isolate = { $server } 与其余服务器全部断开。
event-isolate-leader = 领导者与其余服务器全部断开。
event-partition = 网络分区：{ $groups } 与其余服务器断开。
event-pause = { $server } 暂停：进程停住，连接仍在。
event-repair = 运维人员修复 { $server } 的磁盘。
event-reset-latency = 所有链路恢复原来的快慢。
event-restart = { $server } 启动。
event-resume = { $server } 继续运行。
event-latency = 从 { $from } 到 { $to }，一条消息现在至少需要 { $span }。
event-asked = { $client } 请求：{ $op }。
event-told = { $client } 得到应答：成功，zxid 为 { $zxid }。
event-told-error = { $client } 得到应答：{ $error }。
event-notified = { $client } 收到所监视的事件：{ $event }。
event-unknown = { $client } 连接丢失：请求是否执行，它无从得知。
event-client-opened = { $client } 在 { $server } 上建立了会话。
event-client-resumed = { $client } 在 { $server } 上继续原来的会话。
event-client-expired = { $client } 得知会话已过期。
event-client-lost = { $client } 连接丢失，将尝试下一台服务器。
event-applied = { $server } 应用了 { $zxid }。
event-exited = { $server } 的进程终止，退出码为 { $code }。
event-flushed = { $server } 上 { $zxid } 已落盘。
event-log-taken = { $server } 把 { $zxid } 交给磁盘。
event-prepared = { $server } 预处理了 { $zxid }。
event-prepared-error = { $server } 预处理了 { $zxid }，结果是错误：{ $error }。
event-repaired = { $server } 的磁盘已修复，可以启动。
event-refused-to-start = { $server } 拒绝启动：磁盘上的内容自相矛盾，须由运维人员修复。
event-replied = { $server } 应答客户端，zxid 为 { $zxid }。
event-received = { $server } 收到请求：{ $op }。
event-serving = { $server } 开始为客户端服务。
event-serving-stopped = { $server } 断开所有客户端。
event-session-closed = { $server } 结束了会话 { $session }。
event-session-expired = { $server } 太久没有收到会话 { $session } 的消息。
event-session-opened = { $server } 建立了会话 { $session }。
event-snapshot-loaded = { $server } 接收了截至 { $zxid } 的快照。
event-snapshot-taken = { $server } 生成了截至 { $zxid } 的快照。
event-snapshot-flushed = { $server } 上截至 { $zxid } 的快照已落盘。
event-started = { $server } 启动，从磁盘载入到 { $zxid }。
event-replayed = { $server } 从自己的历史中应用了 { $zxid }。
event-reloaded = { $server } 从磁盘重建了树，直到 { $zxid }。
event-deliver = 手动：{ $from } 最早的一条消息送达 { $to }。
event-hold-link = { $from } 发往 { $to } 的消息被扣住。
event-hold-step = { $server } 被扣住，暂不{ $step }。
event-release-all = 不再扣住任何东西。
event-release-link = { $from } 发往 { $to } 的消息不再扣住。
event-release-step = { $server } 不再被扣住，可以{ $step }。
event-take-step = 手动：{ $server } 走一步，{ $step }。
event-reset = { $from } 与 { $to } 之间的连接被重置。
event-put-disk = { $server } 的磁盘换上了另一份内容。
event-disk-put = { $server } 的磁盘上现有截至 { $zxid } 的历史。
event-until = 等待，直到 { $condition }。
event-reached = 已达到：{ $condition }。
event-not-reached = 限时之内未达到：{ $condition }。
event-exceeded-lost = 超出 ZAB 的承受范围：磁盘丢失了已确认的内容，而服务器并不知情。
event-exceeded-quorum = 超出 ZAB 的承受范围：没有丢失内容的服务器已不足法定人数。
event-exceeded-tampered = 超出 ZAB 的承受范围：磁盘已不是服务器留下的样子。
event-crash-torn = { $server } 在写磁盘的中途断电。
event-flap = { $from } 到 { $to } 的链路时断时通。
event-clock = { $server } 的时钟被重新设置。
event-disk-slow = { $server } 的每次写盘现在至少需要 { $span }。
event-disk-usual = { $server } 的磁盘恢复原来的快慢。
event-disk-snapshot = { $server } 最新的快照损坏。
event-disk-fails = { $server } 的下一次写盘将会失败。
event-disk-full = { $server } 的磁盘已满。
event-disk-free = { $server } 的磁盘又有了空间。
event-disk-initialize = 运维人员确认 { $server } 的磁盘本来就是空的。
event-disk-torn = { $server } 日志的最后一条记录残缺。
event-disk-wiped = { $server } 的磁盘被清空。
event-disk-damaged = { $server } 发现磁盘损坏，以还能读出的内容继续。
step-commit = 应用已提交的事务
step-disk = 完成一次落盘
step-log = 把事务交给磁盘

## 检视（续）
inspect-logged = 最后写入
inspect-on-disk = 最后落盘
inspect-committed = 已知的最后提交
inspect-writes = 等待落盘的写
inspect-votes = 第 { $round } 轮的选票
inspect-votes-remark = 选票先比纪元，再比 zxid，最后比编号；最大者胜出。
inspect-from = 来自
inspect-vote = 选票
inspect-agrees = 一致
inspect-leader = 领导者
inspect-gives-up = 放弃领导者，剩余
inspect-learners = 它对各学习者的了解
inspect-learner = 学习者
inspect-phase = 阶段
inspect-acked = 已确认
inspect-ticks-left = 剩余 tick
inspect-sessions = 会话
inspect-timeout = 超时
inspect-sent = 发送于
inspect-arrives = 预计到达
inspect-tcp = TCP 不会丢失或重排单条消息；能断的只有整个连接。
inspect-channel = 信道 { $from } → { $to }，先进先出
inspect-message = 消息

## 控制台
console-of = { $client } 的控制台
console-input = { $client } 的命令
console-hint = 输入命令，或 help
console-session = 会话 { $session } 在 { $server } 上，超时 { $timeout } ms
console-connecting = { $client } 正在连接 { $server }。
console-disconnected = { $client } 没有连接，将尝试下一台服务器。
console-closed = { $client } 没有会话。
console-expired = { $client } 的会话已过期。
console-auth-failed = { $client } 未能证明身份，会话结束。
console-nobody = 没有客户端。先添加一个，才能发出请求。
console-waits = 命令正在等待应答。
console-waits-still = 命令正在等待应答，而时间是停住的。播放后才会继续。
console-fits = 还可以是：{ $names }
console-typed-ahead = 其间输入的命令：
client-menu = 客户端与会话
client-connect = 连接
client-close = 关闭会话
client-expire = 让会话过期
client-expire-about = { $client } 不再出声，直到服务器放弃它的会话。
client-move = 把 { $client } 移到
client-move-to = 把 { $client } 移到 { $server }
client-add = 新客户端连接
client-add-on = 新客户端连接 { $server }
sync = sync
try-create = 写请求：提案、过半确认、提交
try-ephemeral = 临时顺序节点：会话结束即删除
try-read = 本地应答的读请求，并设置监视
try-multi = 多操作：要么全部完成，要么都不做

## 数据：znode 树
data = 数据
data-server = 查看哪台的树
data-all = 所有服务器
data-znode = znode
data-version = 版本
data-tree = znode 树
data-none = 未选中 znode。
data-differs = 标出差异
data-last-change = 最后应用：{ $server }，{ $zxid }
data-fresh = 由 { $zxid } 更改，这是 { $server } 最后应用的事务
data-owner = 临时节点，属于 { $owner }
data-form-text = 文本
data-form-hex = 十六进制
data-form = 数据显示为
data-servers = 服务器
square-same = { $server } 与其余一致
square-newer = { $server } 更新
square-older = { $server } 更旧
square-absent = { $server } 没有它
square-deleted = { $server } 已删除它
square-down = { $server } 没有内存
trees-none = 没有服务器在运行，内存中没有任何一棵树。磁盘上的内容仍在。
trees-equal = { $count ->
    [1] 一台服务器有树，截至 { $zxid }。
    *[other] { SPELLED($count) }台服务器的树完全相同，截至 { $zxid }。
  }
trees-down = { $count ->
    *[other] { $servers } 已断电：内存中的树没有了，日志与快照仍在磁盘上。
  }
trees-contradict = { $servers } 与 { $others } 的 zxid 同为 { $zxid }，树却不同。有性质被违反。
trees-minority-leader = { $server } 仍在领导纪元 { $epoch }，但 { $total } 台服务器中只够得着{ SPELLED($reached) }台，未过半：那里什么也提交不了，它的树停在 { $zxid }。
trees-minority-learner = { $server } 跟着 { $leader } 学习，而后者够不着法定人数：不会有提交到来，它的树停在 { $zxid }。
trees-stale = { $count ->
    [1] { $servers } 落后：它应用到 { $zxid }，直到 { $newest } 的提交还没有到达它的树。在那里读取，读到的是过去。
    *[other] { $servers } 落后：它们只应用到 { $zxid } 或稍后，直到 { $newest } 的提交还没有到达它们的树。在那里读取，读到的是过去。
  }
trees-looking = { $count ->
    [1] { $servers } 正在寻主：它不提供服务，在同步之前，它的树停在 { $zxid }。
    *[other] { $servers } 正在寻主：它们不提供服务，在同步之前，它们的树停在 { $zxid }。
  }
trees-paused = { $count ->
    [1] { $servers } 已暂停：到来的消息都在等它，它的树停在 { $zxid }。
    *[other] { $servers } 已暂停：到来的消息都在等它们，它们的树停在 { $zxid }。
  }
znode-data = 数据
znode-kind = 生存方式
znode-persistent = 持久节点
znode-ephemeral = 临时节点
znode-container = 容器节点
znode-ttl = TTL { $span }
znode-stat = { $path } 的节点状态
znode-watches = 监视
znode-watches-none = 没有客户端监视它。
znode-watch = { $who } 在 { $server } 上：{ $what }
znode-why-absent = { $count ->
    *[other] { $there } 因 { $zxid } 而有它；{ $behind } 尚未应用该事务。
  }
znode-why-older = { $count ->
    *[other] { $zxid } 在 { $there } 上更改了它；{ $behind } 仍是之前的内容。
  }
znode-why-deleted = { $count ->
    *[other] 它在 { $there } 上已删除；{ $behind } 尚未应用该事务。
  }
znode-why-contradicts = { $there } 因同一个 { $zxid } 却有不同的 znode。有性质被违反。
watch-data-once = 数据，一次
watch-data-lasting = 数据，持久
watch-data-recursive = 此处及以下的数据，持久
watch-child-once = 子节点，一次
watch-child-lasting = 子节点，持久
watch-child-recursive = 此处及以下的子节点，持久

## 会话
sessions = 会话
sessions-none = 没有打开的会话。
sessions-counted = { $leader } 在计时：到弧走完仍没有心跳的会话就会过期。
sessions-uncounted = 没有领导者在计时：在新领导者出现之前，没有会话会过期；之后每个会话重新享有完整的超时时间。
session-away = { $client }，未连接
session-orphan = 它的客户端已有另一个会话
session-counting = 超时 { $timeout }
session-closing = 正在结束，超时 { $timeout }
session-uncounted = 未计时，超时 { $timeout }
session-ephemerals = 临时节点
session-watches = 监视

## 安全性
safety = 安全性
laws = 性质
law-agreement = 一致性
law-agreement-about = 一台交付了 a，另一台交付了 b，则其中一台两者都交付
law-total-order = 全序
law-total-order-about = a 在一台上先于 b，则在所有服务器上都先于 b
law-integrity = 完整性
law-integrity-about = 交付的事务必定曾被广播
law-local-primary-order = 本地主序
law-local-primary-order-about = 同一领导者的事务保持先后顺序
law-global-primary-order = 全局主序
law-global-primary-order-about = 较早纪元的事务在前
law-primary-integrity = 主完整性
law-primary-integrity-about = 领导者广播之前已知晓此前所有纪元
law-one-leader = 每个纪元唯一领导者
law-one-leader-about = 任何纪元不会被建立两次
law-never-lost = 已提交不丢失
law-never-lost-about = 已提交事务存在于其后所有纪元
law-linearizable-writes = 写线性一致
law-linearizable-writes-about = 写操作按唯一的实时顺序生效
law-session-order = 会话顺序
law-session-order-about = 客户端的请求按发送顺序生效
law-agreement-broken = 两台服务器不一致。
law-total-order-broken = 两台服务器的交付顺序不同。
law-integrity-broken = 出现了从未这样发送过的内容。
law-local-primary-order-broken = 领导者给出的顺序没有保持。
law-global-primary-order-broken = 较早的纪元排在了较晚的纪元之后。
law-primary-integrity-broken = 领导者不知道在它之前发生的事。
law-one-leader-broken = 一个纪元有两位领导者。
law-never-lost-broken = 一个已提交的事务消失了。
law-linearizable-writes-broken = 写操作没有唯一的顺序。
law-session-order-broken = 客户端看到了不可能的情况。
standing-holds = 成立
standing-broken = 被违反
standing-undecided = 尚未判定
law-evaluations = { $count } 次检查
property-source = 来源：{ $source }
violation-caption = { $fact }运行已暂停。
violation-property = 作为 { $property } 检查
violation-fact-a = 事实 A
violation-fact-b = 事实 B
violation-when = { $at } s · 纪元 { $epoch }
violation-both = 两者不可能同时成立。
violation-alone = 仅此一条就不可能成立。
violation-continue = 仍然继续
violation-go-a = 跳到 A
violation-go-b = 跳到 B
violation-stretch = 逐步回看最后 40 ms
violation-ahead = 这在当前所示时刻之后。
violation-continued = 性质已被违反，运行仍在继续。
flag-plain = { $letter }
flag-zxid = { $letter } · { $zxid }
flag-lacks = { $letter } · 无 { $zxid }
flag-epoch = { $letter } · 纪元 { $epoch }

## 缺陷博物馆
museum = 缺陷博物馆
museum-title = 缺陷博物馆 · { $story }
museum-own = ZooKeeper 有过的错误
museum-classic = 经典错误
museum-epoch-before-history = 先写纪元，后写历史
museum-ack-before-fsync = 历史尚未落盘就确认 NEWLEADER
museum-txn-ack-before-new-leader-ack = 先确认事务，后确认 NEWLEADER
museum-stray-log-thread = 写日志的步骤比它的跟随者活得更久
museum-async-apply-in-sync = 历史尚未进入树就确认 UPTODATE
museum-clear-in-flight-at-new-leader = 收到 NEWLEADER 时忘掉在途的事务
museum-no-fast-forward = 树落后于日志
museum-diff-without-lookup = 不看学习者的位置就发送 DIFF
museum-no-epoch-files = 磁盘上不保存纪元
museum-snapshot-at-lead = 新领导者的快照含有未提交的事务
museum-diff-sets-last-processed = 事务尚未到来，DIFF 就已算数
museum-keep-partial-snap = 内存中留下半个 SNAP
museum-skip-committed-log-in-sync = 随同步而来的事务没有继续传下去
museum-quorum-too-small = 法定人数少了一个
museum-no-epoch-check = 违背承诺
museum-commit-out-of-order = 先提交了较新的事务
museum-leader-skips-sync = 领导者不发送历史
museum-ack-before-logging = 提案尚未落盘就确认
museum-votes-without-zxid = 比较选票时不看 zxid
museum-votes-without-epoch = 比较选票时不看纪元

## 各条不变式的内容
property-leadership-1 = 没有两台服务器同时领导同一纪元
property-leadership-2 = 一个纪元自始至终至多有一位已建立的领导者
property-integrity = 服务器交付的事务必由领导者提出，且只交付一次
property-agreement = 对两台服务器各自交付的两个事务，必有一台两者都已交付
property-total-order = 所有服务器按同一顺序交付
property-prefix-consistency = 两台服务器已交付的序列，其一是另一的前缀
property-local-primary-order = 领导者在某事务之前提出的，在它之前交付
property-global-primary-order = 属于较早纪元的，先于较晚纪元的一切交付
property-primary-integrity = 学习者交付的较早纪元的事务，都在其领导者的初始历史中
property-initial-history-integrity = 初始历史只增不减，并包含此前已提交的一切
property-commit-consistency = 跟随者已交付的，是其领导者所有的前缀
property-history-consistency = 领导者与学习者的日志，其一是另一的前缀
property-bad-states = 报文不会到达不该到的地方，未同步者不提供服务
property-bad-acks = 不会有针对领导者既没有也不等待的事务的确认
property-bad-proposals = 每个 PROPOSAL 都接在上一个之后，TRUNC 从不截去已交付的事务
property-bad-commits = 每个 COMMIT 都针对所持最早的提案；快照不会超出它
property-committed-log-monotonicity = 领导者已提交的只增不减，且在此前一切之上
property-leader-log-completeness = 领导者的历史包含直至其纪元已提交的一切
property-committed-log-durability = 同步从不截去已提交的事务
property-process-consistency = 学习者的日志是其领导者历史的前缀
property-quorum-durability = 已提交的，或客户端已看到的，都在法定人数的磁盘上
property-epoch-sanity = currentEpoch <= acceptedEpoch，两者从不下降，承诺先落盘
property-vote-sanity = 同一轮中，服务器的选票只按选票的次序上升
property-replica-equality = zxid 相同的服务器有相同的树，知道相同的会话
property-linearizable-writes = 已提交写操作的顺序延续实时顺序，每个写的结果与在前一棵树上执行的结果相同
property-fifo-client-order = 一个会话的写操作按发送顺序排列，其操作逐个生效
property-consistent-reads = 每次读取都来自某个已提交的状态，对同一客户端，这些状态从不后退
property-single-system-image = 会话看到的状态从不后退，无论它连接哪台服务器
property-sync-freshness = sync 之后，客户端的下一次读取能看到应答它的领导者已提交的一切
property-durability = 应答为成功的写操作，存在于其后的每一棵树
property-atomicity = 一个 multi 的操作全部生效或全不生效，读取者不会看到一部分
property-watch-order = 客户端先得知所监视的更改，再看到它；每个监视只通知一次
property-timeliness = 所见状态的滞后有上限；会话只有在超时时间内没有心跳才会结束
property-unknown-outcome = 应答之前连接丢失的写操作，生效一次，或从不生效
property-replicas = 服务器的树，正是直至其 zxid 的所有事务所造就的
property-ephemeral-owners = 每个临时节点都属于在该 zxid 时仍存活的会话
property-sequence-numbers = 只要父节点不变，顺序节点的编号随 zxid 上升
property-versions = version 计数据的写入，cversion 计子节点的创建与删除，pzxid 属于其中最后一次

## 违反性质的事实
fact-acknowledged = { $server } 确认了 { $zxid }。
fact-asked = { $server } 被要求承诺纪元 { $epoch }。
fact-commit-came = { $server } 收到 { $zxid } 的 COMMIT。
fact-committed = { $server } 称 { $zxid } 已提交。
fact-delivered = { $server } 已交付截至 { $zxid } 的一切。
fact-delivered-again = { $server } 又一次交付 { $zxid }。
fact-delivered-behind = { $server } 在 { $last } 之后交付 { $zxid }。
fact-delivered-instead = { $server } 在该处交付的是 { $zxid }。
fact-delivered-without = { $server } 交付了 { $zxid }，却没有 { $lacks }。
fact-drops = { $server } 断开 { $learner }，后者发来了不该出现的消息。
fact-epochs = { $server } 的磁盘上，acceptedEpoch 为 { $accepted }，currentEpoch 为 { $current }。
fact-hears = { $from } 的 { $message } 到达 { $server }。
fact-leads = { $server } 领导纪元 { $epoch }。
fact-leads-without = { $server } 以止于 { $initial_last } 的历史领导，其中没有 { $lacks }。
fact-logged = { $server } 的磁盘上有截至 { $zxid } 的历史。
fact-logged-without = { $server } 写入了 { $zxid }，却没有 { $lacks }。
fact-never-proposed = { $server } 交付了 { $zxid }，而没有领导者提出过它。
fact-on-disks = { $server } 显示 { $zxid }，它在 { $disks } 块磁盘上；法定人数为 { $quorum }。
fact-promised = { $server } 承诺纪元 { $epoch }，而磁盘上的 acceptedEpoch 为 { $accepted }。
fact-proposal-came = { $server } 收到 { $zxid } 的 PROPOSAL。
fact-proposed = { $server } 已提出截至 { $zxid } 的一切。
fact-queued = { $server } 持有提案 { $zxid }。
fact-replica = 在 { $zxid }，{ $server } 的树为 { $digest }，知道 { $sessions } 个会话。
fact-snapshot-taken = { $server } 生成了截至 { $zxid } 的快照。
fact-stands = { $server } 处于 { $role }，阶段为 { $phase }。
fact-synchronized = { $server } 已同步到 { $zxid }。
fact-sync-op-came = { $server } 收到 { $op }。
fact-truncated = { $server } 截去了 { $zxid } 之后的日志。
fact-voted = { $server } 投给 { $candidate }，zxid 为 { $zxid }，纪元 { $epoch }。
fact-answered = { $client } 得到操作 { $xid } 的应答，zxid 为 { $zxid }。
fact-answered-error = { $client } 得到操作 { $xid } 的应答 { $error }，zxid 为 { $zxid }。
fact-client-asked = { $client } 请求操作 { $xid }。
fact-behind = { $server } 在 { $zxid } 应答，缺少下一个事务已有 { $lag }；上限为 { $bound }。
fact-counted = 在 { $zxid } 之后，{ $counter } 为 { $found }；按更改计应为 { $expected }。
fact-ephemeral-of = 在 { $zxid } 有会话 { $session } 的临时节点。
fact-expired = { $server } 在沉默 { $silence } 之后结束会话 { $session }；其超时为 { $timeout }。
fact-heard = { $server } 收到会话 { $session } 的消息。
fact-notified = { $client } 得知一次更改。
fact-notified-at = { $client } 得知 { $zxid } 的更改。
fact-not-watched = { $client } 得知一次它并未监视的更改。
fact-numbered = { $zxid } 给出序号 { $number }。
fact-ordered = { $client } 的操作 { $xid } 就是事务 { $zxid }。
fact-part = 在 { $zxid }，{ $client } 看到了 multi { $multi } 的一部分。
fact-session-over = 在 { $zxid } 之后，会话 { $session } 已结束。
fact-shown = { $client } 看到了 { $zxid } 时的状态。
fact-state = 截至 { $zxid } 的所有事务造就树 { $digest }。
fact-sync-processed = { $server } 在 { $zxid } 已提交时处理了 { $client } 的 sync。
fact-watches = { $client } 从 { $zxid } 时的状态起监视，至今没有收到通知。
fact-wrong-outcome = { $zxid } 不是该请求在前一棵树上应有的结果。
fact-wrong-outcome-of = { $zxid } 不是 { $client } 的操作 { $xid } 在前一棵树上应有的结果。
