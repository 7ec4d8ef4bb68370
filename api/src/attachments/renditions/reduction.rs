//! Making an image smaller while it is decoded: each pixel becomes the mean of those that it covers, to the last fraction.
//! Takes one row at a time and holds the smaller image alone, which no crate was found for.

use image::{DynamicImage, RgbImage, RgbaImage};

use super::{Size, Unfit};

/// An image on its way to a smaller one.
pub(super) struct Reduction {
    from: Size,
    to: Size,
    channels: u8,
    /// Values of the row that was taken last, in the width of the smaller image.
    narrow: Vec<u64>,
    /// Values of the row of the smaller image that is being made.
    sums: Vec<u64>,
    /// How much of that row is not covered yet, in parts of which a row taken has as many as the smaller image has rows.
    room: u64,
    done: Vec<u8>,
}

impl Reduction {
    /// Of 3 channels, or of 4 with how opaque a pixel is as the last. `to` is not larger.
    pub(super) fn new(from: Size, to: Size, channels: u8) -> Self {
        let row = to.width as usize * usize::from(channels);
        Self {
            from,
            to,
            channels,
            narrow: vec![0; row],
            sums: vec![0; row],
            room: from.height.into(),
            done: Vec::with_capacity(row * to.height as usize),
        }
    }

    /// Takes the next row.
    pub(super) fn take(&mut self, row: &[u8]) {
        self.narrow(row);
        let mut left = u64::from(self.to.height);
        while left > 0 {
            let part = left.min(self.room);
            self.sums.iter_mut().zip(&self.narrow).for_each(|(sum, value)| *sum += value * part);
            left -= part;
            self.room -= part;
            if self.room == 0 {
                self.finish_row();
                self.room = self.from.height.into();
            }
        }
    }

    fn narrow(&mut self, row: &[u8]) {
        let channels = usize::from(self.channels);
        self.narrow.fill(0);
        let mut targets = self.narrow.chunks_exact_mut(channels);
        let mut target = targets.next();
        let mut room = u64::from(self.from.width);
        for pixel in row.chunks_exact(channels) {
            let mut left = u64::from(self.to.width);
            while left > 0 {
                let part = left.min(room);
                if let Some(sums) = target.as_deref_mut() {
                    add(sums, pixel, part);
                }
                left -= part;
                room -= part;
                if room == 0 {
                    target = targets.next();
                    room = self.from.width.into();
                }
            }
        }
    }

    fn finish_row(&mut self) {
        let whole = u64::from(self.from.width) * u64::from(self.from.height);
        for sums in self.sums.chunks_exact(usize::from(self.channels)) {
            match *sums {
                [red, green, blue, opaque] => {
                    self.done.extend([red, green, blue].map(|colour| mean(colour, opaque)));
                    self.done.push(mean(opaque, whole));
                }
                _ => self.done.extend(sums.iter().map(|colour| mean(*colour, whole))),
            }
        }
        self.sums.fill(0);
    }

    /// The smaller image.
    ///
    /// # Errors
    /// [`Unfit::Damaged`] when rows were missing.
    pub(super) fn finish(self) -> Result<DynamicImage, Unfit> {
        let Size { width, height } = self.to;
        let image = match self.channels {
            4 => RgbaImage::from_raw(width, height, self.done).map(DynamicImage::ImageRgba8),
            _ => RgbImage::from_raw(width, height, self.done).map(DynamicImage::ImageRgb8),
        };
        image.ok_or(Unfit::Damaged)
    }
}

/// Adds a part of a pixel. The colour of what cannot be seen does not count.
fn add(sums: &mut [u64], pixel: &[u8], part: u64) {
    match (sums, pixel) {
        ([red, green, blue, opaque], [r, g, b, a]) => {
            let seen = part * u64::from(*a);
            *red += seen * u64::from(*r);
            *green += seen * u64::from(*g);
            *blue += seen * u64::from(*b);
            *opaque += seen;
        }
        (sums, pixel) => sums.iter_mut().zip(pixel).for_each(|(sum, value)| *sum += part * u64::from(*value)),
    }
}

fn mean(sum: u64, of: u64) -> u8 {
    let rounded = (sum + of / 2).checked_div(of).unwrap_or_default();
    u8::try_from(rounded).unwrap_or(u8::MAX)
}
