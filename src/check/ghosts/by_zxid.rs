//! A map from zxids that is cheap where they come in order.

use imbl::Vector;

use crate::types::Zxid;

/// Values by zxid, in the order in which they were added. Zxids of one epoch that follow each other
/// are one run; there are about as many runs as epochs.
#[derive(Clone, Debug)]
pub(in crate::check) struct ByZxid<T> {
    values: Vector<T>,
    earlier: Vector<Run>,
    last: Option<Run>,
}

#[derive(Clone, Copy, Debug)]
struct Run {
    first: Zxid,
    length: u32,
    /// The place of its first value.
    start: u64,
}

impl<T: Clone> Default for ByZxid<T> {
    fn default() -> ByZxid<T> {
        ByZxid { values: Vector::new(), earlier: Vector::new(), last: None }
    }
}

impl<T: Clone> ByZxid<T> {
    /// How many there are.
    pub fn count(&self) -> u64 {
        self.values.len() as u64
    }

    /// Which zxid was added at a place, counted from 0.
    #[inline]
    pub fn at(&self, place: u64) -> Option<Zxid> {
        match self.last {
            Some(run) if run.start <= place => run.at(place),
            _ => self.earlier.iter().rev().find(|run| run.start <= place)?.at(place),
        }
    }

    /// The place of a zxid.
    #[inline]
    pub fn place(&self, zxid: Zxid) -> Option<u64> {
        let last = self.last.and_then(|run| run.place(zxid));
        last.or_else(|| self.earlier.iter().rev().find_map(|run| run.place(zxid)))
    }

    /// The value of a zxid.
    #[inline]
    pub fn find(&self, zxid: Zxid) -> Option<&T> {
        self.values.get(usize::try_from(self.place(zxid)?).ok()?)
    }

    /// Adds a zxid that is not there, and answers its place.
    pub fn push(&mut self, zxid: Zxid, value: T) -> u64 {
        let place = self.count();
        self.values.push_back(value);
        match &mut self.last {
            Some(run) if run.follows(zxid) => run.length += 1,
            last => {
                let run = Run { first: zxid, length: 1, start: place };
                self.earlier.extend(last.replace(run));
            }
        }
        place
    }

    /// The highest zxid.
    pub fn highest(&self) -> Option<Zxid> {
        self.runs().map(|run| run.end()).max()
    }

    /// The highest zxid that is not beyond this one.
    #[inline]
    pub fn up_to(&self, zxid: Zxid) -> Option<Zxid> {
        match self.last {
            // In order, nothing of another run lies between.
            Some(run) if run.place(zxid).is_some() => Some(zxid),
            _ => self.runs().filter_map(|run| run.up_to(zxid)).max(),
        }
    }

    /// The lowest zxid beyond this one.
    pub fn behind(&self, zxid: Zxid) -> Option<Zxid> {
        self.runs().filter_map(|run| run.behind(zxid)).min()
    }

    fn runs(&self) -> impl Iterator<Item = &Run> {
        self.last.iter().chain(self.earlier.iter())
    }
}

impl Run {
    fn end(&self) -> Zxid {
        Zxid { epoch: self.first.epoch, counter: self.first.counter + (self.length - 1) }
    }

    fn follows(&self, zxid: Zxid) -> bool {
        zxid.epoch == self.first.epoch
            && zxid.counter.checked_sub(self.first.counter) == Some(self.length)
    }

    fn at(&self, place: u64) -> Option<Zxid> {
        let offset = u32::try_from(place.checked_sub(self.start)?).ok()?;
        (offset < self.length)
            .then(|| Zxid { epoch: self.first.epoch, counter: self.first.counter + offset })
    }

    fn place(&self, zxid: Zxid) -> Option<u64> {
        let offset = zxid.counter.checked_sub(self.first.counter)?;
        let is_in = zxid.epoch == self.first.epoch && offset < self.length;
        is_in.then(|| self.start + u64::from(offset))
    }

    fn up_to(&self, zxid: Zxid) -> Option<Zxid> {
        (self.first <= zxid).then(|| zxid.min(self.end()))
    }

    fn behind(&self, zxid: Zxid) -> Option<Zxid> {
        if zxid < self.first {
            return Some(self.first);
        }
        (zxid < self.end()).then(|| Zxid { epoch: zxid.epoch, counter: zxid.counter + 1 })
    }
}

#[cfg(test)]
mod tests {
    //! Held against a list: in order, with gaps, and out of order as mistakes in the protocol do.

    use super::ByZxid;
    use crate::types::Zxid;

    fn check(zxids: &[Zxid]) {
        let mut map = ByZxid::default();
        for (place, &zxid) in zxids.iter().enumerate() {
            assert_eq!(map.push(zxid, place), place as u64);
        }
        assert_eq!(map.count(), zxids.len() as u64);
        assert_eq!(map.highest(), zxids.iter().max().copied());
        for (place, &zxid) in zxids.iter().enumerate() {
            assert_eq!(map.at(place as u64), Some(zxid), "{zxids:?}");
            assert_eq!(map.find(zxid), Some(&place), "{zxids:?}");
        }
        assert_eq!(map.at(map.count()), None);
        for (epoch, counter) in (0..5).flat_map(|epoch| (0..7).map(move |counter| (epoch, counter)))
        {
            let zxid = Zxid::new(epoch, counter);
            let place = zxids.iter().position(|&known| known == zxid);
            assert_eq!(map.place(zxid), place.map(|place| place as u64), "{zxids:?} {zxid}");
            let known = || zxids.iter().copied();
            assert_eq!(map.up_to(zxid), known().filter(|&known| known <= zxid).max(), "{zxid}");
            assert_eq!(map.behind(zxid), known().filter(|&known| known > zxid).min(), "{zxid}");
        }
    }

    #[test]
    fn it_finds_what_a_list_finds() {
        let zxid = |(epoch, counter)| Zxid::new(epoch, counter);
        let check =
            |zxids: &[(u32, u32)]| check(&zxids.iter().copied().map(zxid).collect::<Vec<_>>());
        check(&[]);
        check(&[(1, 1)]);
        check(&[(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (4, 1)]);
        check(&[(1, 2), (1, 4), (1, 5), (2, 0), (2, 1), (3, 5)]);
        check(&[(1, 1), (1, 3), (1, 2), (2, 2), (1, 4), (2, 1), (2, 3)]);
    }
}
