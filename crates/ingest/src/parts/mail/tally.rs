//! What of mails is not taken, not looked at or not as it should be.

/// Counts of it, in one mail or a mailbox.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    pub(super) not_taken: u64,
    /// Parts that lie deeper, or are more, than is looked at.
    pub(super) unlooked: u64,
    /// Multiparts that name no boundary.
    pub(super) shapeless: u64,
    /// Multiparts in which their boundary does not stand: of those that say they are encoded, and others.
    pub(super) coded: u64,
    pub(super) bare: u64,
    pub(super) long_headers: u64,
    /// Parts in an encoding that nobody undoes.
    pub(super) undecoded: u64,
    pub(super) tails: u64,
    pub(super) damaged: u64,
    /// Parts, and mails, that end where a boundary should follow.
    pub(super) cut: u64,
    pub(super) open: u64,
}

impl Tally {
    /// Each count, and what it is of.
    fn all(&mut self) -> [(&mut u64, &'static str); 11] {
        [
            (&mut self.not_taken, "not taken: the limit of parts or octets is reached"),
            (&mut self.unlooked, "parts not looked at: too many in one mail, or too deep"),
            (&mut self.shapeless, "multiparts not looked through: they name no boundary"),
            (&mut self.coded, "multiparts not looked through: they are encoded as a whole"),
            (&mut self.bare, "multiparts not looked through: their boundary is nowhere in them"),
            (&mut self.long_headers, "headers that say more of their body than is read"),
            (&mut self.undecoded, "still coded: fonds does not know their encoding"),
            (&mut self.tails, "with letters behind the end of their base64, which are left out"),
            (&mut self.damaged, "with damage in their base64, decoded as far as it goes"),
            (&mut self.cut, "cut short: the mail ends without the boundary behind them"),
            (&mut self.open, "mails that end without the boundary behind their last part"),
        ]
    }

    /// Adds what was counted of one mail.
    pub(super) fn add(&mut self, mut other: Self) {
        for ((count, _), (more, _)) in self.all().into_iter().zip(other.all()) {
            *count += *more;
        }
    }

    /// Whether nothing was counted.
    pub(super) fn is_sound(mut self) -> bool {
        self.all().iter().all(|(count, _)| **count == 0)
    }

    /// What stands behind the number of those that were taken.
    pub(super) fn words(mut self) -> Vec<String> {
        let all = self.all();
        let told = all.iter().filter(|(count, _)| **count > 0);
        told.map(|(count, what)| format!("{count} {what}")).collect()
    }
}
