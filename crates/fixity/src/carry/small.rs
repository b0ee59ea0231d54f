//! Runs of small files.

use super::{Carrier, Segment, Told, Worker};
use crate::{Pass, Sum};

impl<C: Carrier> Worker<'_, C> {
    pub(super) fn carry_small(&self) -> Result<(), C::Error> {
        let mut segment = Segment::default();
        while !self.stopped()
            && let Some(run) = self.plan.take_run()
        {
            segment.octets.clear();
            segment.extents.clear();
            self.carrier.load(run.clone(), &mut segment)?;
            let sums = self.sum_up(run.start, &segment);
            self.carrier.unload(run.clone(), &mut segment, &sums)?;
            self.tell(Told::Octets(sums.iter().flatten().map(|sum| sum.size_octets).sum()));
            self.tell(Told::Sums(run.start, sums));
        }
        Ok(())
    }

    fn sum_up(&self, first: usize, segment: &Segment) -> Vec<Option<Sum>> {
        let present =
            || (first..).zip(&segment.extents).filter_map(|(index, extent)| Some((index, extent.as_ref()?)));
        let mut passes: Vec<Pass> = present().map(|(index, _)| self.pass(index)).collect();
        let octets = present().map(|(_, extent)| &segment.octets[extent.clone()]);
        Pass::update_many(passes.iter_mut().zip(octets));
        let mut sums = Pass::finish_many(passes).into_iter();
        segment.extents.iter().map(|extent| extent.as_ref().and_then(|_| sums.next())).collect()
    }
}
