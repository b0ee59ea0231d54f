//! Large files, several side by side.

use super::{Carrier, Reading, Told, Worker};
use crate::sha512::Sha512;
use crate::{Pass, Sum};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};

/// Octets read of one file at a time.
const CHUNK_OCTETS: usize = 128 << 10;
/// Chunks on their way to the second thread at once.
const IN_FLIGHT: usize = 4;

/// One large file on its way.
struct Lane<S> {
    index: usize,
    stream: S,
    pass: Pass,
    chunk: Vec<u8>,
    filled: usize,
}

/// What has become of a lane after a round.
enum Outcome {
    GoesOn,
    Ended,
    Failed,
}

impl<C: Carrier> Worker<'_, C> {
    pub(super) fn carry_large(&self) -> Result<(), C::Error> {
        let mut lanes: Vec<Lane<C::Stream>> = Vec::new();
        while !self.stopped() {
            while lanes.len() < self.plan.side_by_side
                && let Some(index) = self.plan.take_large()
            {
                match self.carrier.open(index)? {
                    Some(stream) if self.plan.partnered => self.carry_partnered(index, stream)?,
                    Some(stream) => lanes.push(Lane {
                        index,
                        stream,
                        pass: self.pass(index),
                        chunk: vec![0; CHUNK_OCTETS],
                        filled: 0,
                    }),
                    None => self.tell(Told::Sums(index, vec![None])),
                }
            }
            if lanes.is_empty() {
                break;
            }
            self.advance(&mut lanes)?;
        }
        Ok(())
    }

    /// Takes one chunk of every lane from reading to passing on.
    fn advance(&self, lanes: &mut Vec<Lane<C::Stream>>) -> Result<(), C::Error> {
        let mut outcomes = Vec::with_capacity(lanes.len());
        for lane in &mut *lanes {
            let (filled, outcome) = self.fill(&mut lane.stream, &mut lane.chunk)?;
            lane.filled = filled;
            outcomes.push(outcome);
        }
        Pass::update_many(lanes.iter_mut().map(|lane| (&mut lane.pass, &lane.chunk[..lane.filled])));
        let mut octets = 0;
        for lane in &mut *lanes {
            self.carrier.pass(&mut lane.stream, &lane.chunk[..lane.filled])?;
            octets += lane.filled as u64;
        }
        self.tell(Told::Octets(octets));
        for (place, outcome) in outcomes.into_iter().enumerate().rev() {
            match outcome {
                Outcome::GoesOn => {}
                Outcome::Ended => {
                    let lane = lanes.swap_remove(place);
                    self.end(lane.index, lane.stream, lane.pass.finish())?;
                }
                Outcome::Failed => {
                    self.tell(Told::Sums(lanes.swap_remove(place).index, vec![None]));
                }
            }
        }
        Ok(())
    }

    fn end(&self, index: usize, stream: C::Stream, sum: Sum) -> Result<(), C::Error> {
        self.carrier.close(index, stream, &sum)?;
        self.tell(Told::Sums(index, vec![Some(sum)]));
        Ok(())
    }

    /// Reads until the chunk is full or nothing more comes.
    fn fill(&self, stream: &mut C::Stream, chunk: &mut [u8]) -> Result<(usize, Outcome), C::Error> {
        let mut filled = 0;
        while filled < chunk.len() {
            match self.carrier.read(stream, &mut chunk[filled..])? {
                Reading::Octets(octets) => filled += octets,
                Reading::End => return Ok((filled, Outcome::Ended)),
                Reading::Failed => return Ok((filled, Outcome::Failed)),
            }
        }
        Ok((filled, Outcome::GoesOn))
    }

    /// Carries one file while a second thread makes its SHA-512.
    fn carry_partnered(&self, index: usize, stream: C::Stream) -> Result<(), C::Error> {
        let mut pass = self.pass(index);
        let sha512 = pass.take_sha512();
        std::thread::scope(|scope| {
            let (chunks, inbox) = sync_channel(IN_FLIGHT);
            let (used, spare) = channel();
            let partner = sha512.map(|sha512| scope.spawn(move || digest_chunks(sha512, &inbox, &used)));
            let fed = self.feed(stream, &mut pass, &chunks, &spare);
            drop(chunks);
            if let Some(sha512) = partner.and_then(|partner| partner.join().ok()) {
                pass.return_sha512(sha512);
            }
            let (stream, outcome) = fed?;
            if matches!(outcome, Outcome::Ended) {
                return self.end(index, stream, pass.finish());
            }
            self.tell(Told::Sums(index, vec![None]));
            Ok(())
        })
    }

    /// Reads to the end, handing every chunk to the partner as well.
    fn feed(
        &self,
        mut stream: C::Stream,
        pass: &mut Pass,
        chunks: &SyncSender<(Arc<Vec<u8>>, usize)>,
        spare: &Receiver<Arc<Vec<u8>>>,
    ) -> Result<(C::Stream, Outcome), C::Error> {
        while !self.stopped() {
            let used = spare.try_recv().ok().and_then(Arc::into_inner);
            let mut chunk = used.unwrap_or_else(|| vec![0; CHUNK_OCTETS]);
            let (filled, outcome) = self.fill(&mut stream, &mut chunk)?;
            let chunk = Arc::new(chunk);
            // A bag without SHA-512 has no partner; then nobody takes the chunk, and that is right.
            let _ = chunks.send((Arc::clone(&chunk), filled));
            pass.update_all_but_sha512(&chunk[..filled]);
            self.carrier.pass(&mut stream, &chunk[..filled])?;
            self.tell(Told::Octets(filled as u64));
            if !matches!(outcome, Outcome::GoesOn) {
                return Ok((stream, outcome));
            }
        }
        Ok((stream, Outcome::Failed))
    }
}

/// The partner: sums whatever comes in, and hands the room back.
fn digest_chunks(
    mut sha512: Sha512,
    inbox: &Receiver<(Arc<Vec<u8>>, usize)>,
    used: &Sender<Arc<Vec<u8>>>,
) -> Sha512 {
    for (chunk, filled) in inbox {
        Sha512::update_many(std::iter::once((&mut sha512, &chunk[..filled])));
        let _ = used.send(chunk);
    }
    sha512
}
