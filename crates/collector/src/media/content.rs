//! What a file is, by its first bytes. Its name says nothing: what is served under a type must be of that type.

/// What a file is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Image,
    Audio,
    Video,
    Captions,
}

pub(super) const MEGABYTE: u64 = 1_000_000;

/// Brands of files that are laid out like MP4 and hold pictures (HEIF, AVIF).
const PICTURES: [&[u8]; 8] = [b"avif", b"avis", b"heic", b"heix", b"hevc", b"heim", b"mif1", b"msf1"];

impl Role {
    /// Bytes at most.
    pub(super) fn limit(self) -> u64 {
        match self {
            Self::Image | Self::Captions => 2 * MEGABYTE,
            Self::Audio => 20 * MEGABYTE,
            Self::Video => 100 * MEGABYTE,
        }
    }

    /// What is taken, in words.
    pub(super) fn wanted(self) -> &'static str {
        match self {
            Self::Image => "a picture of the types PNG, JPEG or WebP",
            Self::Audio => "sound of the types MP3, OGG, WAV or M4A",
            Self::Video => "a video of the types MP4 or WebM",
            Self::Captions => "captions of the type WebVTT",
        }
    }

    /// The content type of a file that begins so; `None` when it is nothing that is taken.
    pub(super) fn content_type(self, head: &[u8]) -> Option<&'static str> {
        let at = |place: usize, bytes: &[u8]| head.get(place..).is_some_and(|rest| rest.starts_with(bytes));
        let brand = head.get(8..12).filter(|brand| at(4, b"ftyp") && !PICTURES.contains(brand));
        match self {
            Self::Image if at(0, b"\x89PNG\r\n\x1a\n") => Some("image/png"),
            Self::Image if at(0, b"\xff\xd8\xff") => Some("image/jpeg"),
            Self::Image if at(0, b"RIFF") && at(8, b"WEBP") => Some("image/webp"),
            Self::Audio if at(0, b"ID3") || is_mp3_frame(head) => Some("audio/mpeg"),
            Self::Audio if at(0, b"OggS") => Some("audio/ogg"),
            Self::Audio if at(0, b"RIFF") && at(8, b"WAVE") => Some("audio/wav"),
            Self::Audio if brand.is_some() => Some("audio/mp4"),
            Self::Video if brand.is_some_and(|brand| brand != b"M4A " && brand != b"M4B ") => {
                Some("video/mp4")
            }
            Self::Video if at(0, b"\x1a\x45\xdf\xa3") && head.windows(4).any(|bytes| bytes == b"webm") => {
                Some("video/webm")
            }
            Self::Captions if at(0, b"WEBVTT") || at(0, b"\xef\xbb\xbfWEBVTT") => {
                Some("text/vtt; charset=utf-8")
            }
            _ => None,
        }
    }
}

/// Whether a WebP that begins so says in its extended header that it is animated.
pub(super) fn is_animated_webp(head: &[u8]) -> bool {
    const ANIMATION: u8 = 0x02;
    head.get(8..16) == Some(b"WEBPVP8X") && head.get(20).is_some_and(|flags| flags & ANIMATION != 0)
}

/// Eleven bits of synchronisation, then layer III.
fn is_mp3_frame(head: &[u8]) -> bool {
    matches!(head, [0xff, second, ..] if second & 0xe6 == 0xe2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_webp_that_moves_says_so_in_its_header() {
        assert!(is_animated_webp(b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x12\0\0\0"));
        assert!(!is_animated_webp(b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x10\0\0\0"), "only transparent");
        assert!(!is_animated_webp(b"RIFF\0\0\0\0WEBPVP8 \x0a\0\0\0\x12"), "no extended header");
    }

    #[test]
    fn what_a_file_is_shows_in_its_first_bytes() {
        for (role, head, expected) in [
            (Role::Image, b"\x89PNG\r\n\x1a\n....".as_slice(), Some("image/png")),
            (Role::Image, b"\xff\xd8\xff\xe0", Some("image/jpeg")),
            (Role::Image, b"RIFF\0\0\0\0WEBPVP8 ", Some("image/webp")),
            (Role::Image, b"GIF89a", None),
            (Role::Image, b"<svg xmlns", None),
            (Role::Image, b"<html>", None),
            (Role::Audio, b"ID3\x04", Some("audio/mpeg")),
            (Role::Audio, b"\xff\xfb\x90", Some("audio/mpeg")),
            (Role::Audio, b"\xff\xd8\xff\xe0", None),
            (Role::Audio, b"OggS", Some("audio/ogg")),
            (Role::Audio, b"RIFF\0\0\0\0WAVEfmt ", Some("audio/wav")),
            (Role::Audio, b"\0\0\0\x20ftypM4A ", Some("audio/mp4")),
            (Role::Video, b"\0\0\0\x20ftypisom", Some("video/mp4")),
            (Role::Video, b"\0\0\0\x20ftypM4A ", None),
            (Role::Video, b"\0\0\0\x20ftypavif", None),
            (Role::Video, b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm", Some("video/webm")),
            (Role::Captions, b"\xef\xbb\xbfWEBVTT\n", Some("text/vtt; charset=utf-8")),
            (Role::Captions, b"1\n00:00", None),
            (Role::Image, b"", None),
        ] {
            assert_eq!(role.content_type(head), expected, "{role:?} {head:?}");
        }
    }
}
