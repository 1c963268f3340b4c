//! Data as a table of hexadecimal digits. Source: netty's `ByteBufUtil.prettyHexDump`, which zkCli
//! uses for `get -x`.

/// Sixteen bytes a line, with what can be read of them beside.
pub(super) fn hex_dump(data: &[u8]) -> String {
    let mut lines = vec![
        "         +-------------------------------------------------+".to_owned(),
        "         |  0  1  2  3  4  5  6  7  8  9  a  b  c  d  e  f |".to_owned(),
        "+--------+-------------------------------------------------+----------------+".to_owned(),
    ];
    for (row, bytes) in data.chunks(16).enumerate() {
        let digits: String = bytes.iter().map(|byte| format!(" {byte:02x}")).collect();
        let shown = |byte: &u8| if (b' '..=b'~').contains(byte) { char::from(*byte) } else { '.' };
        let text: String = bytes.iter().map(shown).collect();
        lines.push(format!("|{:08x}|{digits:<48} |{text:<16}|", row * 16));
    }
    lines.push(lines[2].clone());
    lines.join("\n")
}
