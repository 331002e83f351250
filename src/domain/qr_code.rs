//! A QR picture as the vendor sends one: a PNG of 200 by 200 pixels, as a data URL.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use png::{BitDepth, ColorType, Encoder};
use qrcodegen::{QrCode, QrCodeEcc};

/// The side of the picture.
const PIXELS: usize = 200;

/// The light margin that the standard demands, in modules.
const QUIET_ZONE: usize = 4;

/// The picture of `text`, a data URL as the vendor writes it, with a blank after the comma; `None` if `text` is too long
/// to be seen on so small a picture.
#[must_use]
pub fn qr_data_url(text: &str) -> Option<String> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let modules = usize::try_from(code.size()).ok()?;
    let scale = PIXELS / (modules + 2 * QUIET_ZONE);
    if scale == 0 {
        return None;
    }
    let margin = (PIXELS - modules * scale) / 2;
    let module = |pixel: usize| i32::try_from(pixel.checked_sub(margin)? / scale).ok();
    // modules outside the code are light, and a bit of 1 is white
    let is_light = |x, y| !matches!((module(x), module(y)), (Some(x), Some(y)) if code.get_module(x, y));
    let byte = |y: usize, first: usize| (0..8).fold(0, |bits, x| bits << 1 | u8::from(is_light(first + x, y)));
    let image: Vec<u8> = (0..PIXELS).flat_map(|y| (0..PIXELS).step_by(8).map(move |x| (x, y))).map(|(x, y)| byte(y, x)).collect();
    Some(format!("data:image/png;base64, {}", STANDARD.encode(png(&image))))
}

fn png(image: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let side = u32::try_from(PIXELS).expect("200 is a u32");
    let mut encoder = Encoder::new(&mut bytes, side, side);
    encoder.set_color(ColorType::Grayscale);
    encoder.set_depth(BitDepth::One);
    let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(image));
    written.expect("a vector takes every byte, and the image has as many as the header says");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_is_the_code_scaled_and_centred() {
        let text = "otpauth://totp/Stytch:somebody%40example.com?algorithm=SHA1&digits=6&secret=BTGNX5RKJRMQWQFRQKTG34JCF6XDRHZS";
        let url = qr_data_url(text).unwrap();
        let data = STANDARD.decode(url.strip_prefix("data:image/png;base64, ").unwrap()).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(data)).read_info().unwrap();
        assert_eq!((reader.info().width, reader.info().height), (200, 200));
        let mut image = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut image).unwrap();
        let code = QrCode::encode_text(text, QrCodeEcc::Medium).unwrap();
        let size = usize::try_from(code.size()).unwrap();
        let (scale, margin) = (200 / (size + 8), (200 - size * (200 / (size + 8))) / 2);
        let is_dark = |x: usize, y: usize| image[(y * 200 + x) / 8] & (0x80 >> (x % 8)) == 0;
        for y in 0..200 {
            for x in 0..200 {
                let inside = (margin..margin + size * scale).contains(&x) && (margin..margin + size * scale).contains(&y);
                let module = |pixel: usize| i32::try_from((pixel.max(margin) - margin) / scale).unwrap();
                assert_eq!(is_dark(x, y), inside && code.get_module(module(x), module(y)), "{x} {y}");
            }
        }
        assert!(is_dark(margin, margin) && !is_dark(margin - 1, margin));
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        assert_eq!(qr_data_url(&"x".repeat(4_000)), None);
    }
}
