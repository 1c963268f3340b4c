//! A request's journey as a small drawing: received, proposed, acks, committed, replied.

use super::Journey;

/// Where the stations of a journey stand, from the left, round a middle line.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct JourneyGeometry {
    /// How wide the whole is.
    pub width: f64,
    /// Received, proposed, committed, replied.
    pub stations: [f64; 4],
    /// Where the bars of the acks begin.
    pub bars: f64,
    /// A bar's width, and how far the next one is.
    pub bar: (f64, f64),
    /// Where the majority mark stands.
    pub majority: f64,
    /// How far the line is drawn in the hue of the epoch.
    pub reached: f64,
}

/// The places of a journey's stations.
pub fn journey_geometry(journey: &Journey) -> JourneyGeometry {
    let voters = f64::from(journey.voters);
    let width = if journey.voters > 5 { 3.0 } else { 5.0 };
    let pitch = width + 2.0;
    let (first, second, bars) = (5.0, 27.0, 47.0);
    let end = bars + voters * pitch;
    let stations = [first, second, end + 18.0, end + 40.0];
    let reached = match journey {
        Journey { replied: true, .. } => stations[3],
        Journey { committed: true, .. } => stations[2],
        Journey { acks: 1.., .. } => end,
        Journey { proposed: true, .. } => second,
        _ => first,
    };
    JourneyGeometry {
        width: end + 46.0,
        stations,
        bars,
        bar: (width, pitch),
        majority: bars + f64::from(journey.quorum) * pitch - 1.0,
        reached,
    }
}
