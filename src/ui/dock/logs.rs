//! The log table: rows servers, columns zxids grouped by epoch.

use std::rc::Rc;

use yew::prelude::*;

use crate::text::{Key, Phrase};
use crate::types::Epoch;
use crate::view::{CellState, Column, GridCell, GridRow, LogGrid, epoch_groups};

use super::super::Theme;
use super::super::context::Language;
use super::super::hooks::{use_size, use_text};
use super::super::widgets::{RoleIcon, epoch_attribute};

#[derive(Properties, PartialEq)]
pub struct LogsProps {
    pub logs: Rc<LogGrid>,
}

/// A server's name and a column, in units of the root font over 16.
const NAME_WIDTH: f64 = 44.0;
const COLUMN_WIDTH: f64 = 22.0;
/// The table moves on by so many columns at once: each move draws it anew.
const COLUMN_STEP: usize = 4;

/// Every server's log, the newest transactions that fit.
#[component]
pub fn Logs(props: &LogsProps) -> Html {
    let text = use_text();
    let node = use_node_ref();
    let size = use_size(&node, Theme::default());
    let width = if size.root > 0.0 { size.width / size.root } else { 0.0 };
    let fitting = ((width - NAME_WIDTH) / COLUMN_WIDTH).floor().max(1.0) as usize;
    let surplus = props.logs.columns.len().saturating_sub(fitting);
    let first = surplus.div_ceil(COLUMN_STEP) * COLUMN_STEP;
    html! {
        <div class="dock-panel logs">
            <div class="panel-head">
                <h2>{ text.get(Key::Logs) }</h2>
                { key_of(&text, "committed", Key::LogsCommitted) }
                { key_of(&text, "disk", Key::LogsDisk) }
                { key_of(&text, "truncated", Key::LogsTruncated) }
            </div>
            <div class="logs-place" ref={node}>
                if props.logs.columns.is_empty() {
                    <p class="panel-empty">{ text.get(Key::LogsNone) }</p>
                } else if width > 0.0 {
                    <Table logs={props.logs.clone()} {first} />
                }
            </div>
        </div>
    }
}

fn key_of(text: &Language, state: &'static str, key: Key) -> Html {
    html! {
        <span class="logs-key"><i class="cell" data-state={state} />{ text.get(key) }</span>
    }
}

#[derive(Properties, PartialEq)]
struct TableProps {
    logs: Rc<LogGrid>,
    /// The first column that is shown.
    first: usize,
}

#[component]
fn Table(props: &TableProps) -> Html {
    let text = use_text();
    let TableProps { logs, first } = props;
    let group = |(epoch, count): &(Epoch, u32)| {
        let key = if *count > 2 { Key::LogsEpoch } else { Key::LogsEpochShort };
        let name = text.say(&Phrase::new(key).with("epoch", *epoch));
        html! {
            <th key={epoch.0} class="logs-epoch" scope="colgroup" colspan={count.to_string()}
                data-epoch={epoch_attribute(*epoch)}>{ name }</th>
        }
    };
    let column = |column: &Column| {
        let key = column.zxid.to_string();
        html! { <th {key} scope="col">{ column.zxid.counter }</th> }
    };
    let row = |row: &GridRow| {
        let cells: Vec<GridCell> = logs.cells(row, *first).collect();
        html! { <LogRow key={row.server.0} row={Head::of(row)} {cells} /> }
    };
    let shown = logs.columns.iter().skip(*first);
    let disks = logs.disk_counts(*first).zip(shown).map(|(count, column)| {
        let key = column.zxid.to_string();
        html! { <td {key} data-quorum={count.quorum.to_string()}>{ count.disks }</td> }
    });
    html! {
        <table class="logs-table" aria-label={text.get(Key::LogsTable)}>
            <thead>
                <tr>
                    <td></td>{ for epoch_groups(&logs.columns, *first).iter().map(group) }
                </tr>
                <tr>
                    <th class="logs-corner" scope="col">
                        <span class="visually-hidden">{ text.get(Key::LogsServer) }</span>
                    </th>
                    { for logs.columns.iter().skip(*first).map(column) }
                </tr>
            </thead>
            <tbody>{ for logs.rows.iter().map(row) }</tbody>
            <tfoot><tr><th scope="row">{ text.get(Key::LogsDisk) }</th>{ for disks }</tr></tfoot>
        </table>
    }
}

/// A row without its cells.
#[derive(Clone, Copy, PartialEq)]
struct Head {
    server: crate::types::ServerId,
    shape: crate::view::RoleShape,
    epoch: Epoch,
}

impl Head {
    fn of(row: &GridRow) -> Head {
        Head { server: row.server, shape: row.shape, epoch: row.epoch }
    }
}

#[derive(Properties, PartialEq)]
struct LogRowProps {
    row: Head,
    cells: Vec<GridCell>,
}

/// One server's log.
#[component]
fn LogRow(props: &LogRowProps) -> Html {
    let text = use_text();
    let Head { server, shape, epoch } = props.row;
    html! {
        <tr data-shape={shape.name()}>
            <th class="logs-name" scope="row">
                <RoleIcon {shape} {epoch} />{ server.to_string() }
            </th>
            { for props.cells.iter().map(|cell| draw_cell(&text, cell)) }
        </tr>
    }
}

fn draw_cell(text: &Language, cell: &GridCell) -> Html {
    let key = match cell.state {
        CellState::Absent => Key::LogsCellAbsent,
        CellState::InMemory => Key::LogsCellMemory,
        CellState::OnDisk { .. } => Key::LogsCellDisk,
        CellState::Committed => Key::LogsCellCommitted,
        CellState::Truncated => Key::LogsCellTruncated,
    };
    let name = Phrase::new(key).with("zxid", cell.zxid).with("server", cell.server);
    let name = text.say(&name);
    let acked = matches!(cell.state, CellState::OnDisk { acked: true });
    html! {
        <td key={cell.zxid.to_string()} title={name.clone()} aria-label={name}
            data-caret={cell.caret.to_string()}>
            <i class="cell" data-state={cell.state.name()} data-acked={acked.to_string()}
                data-epoch={epoch_attribute(cell.zxid.epoch)} />
        </td>
    }
}
