//! The digests, by their names.

use hmac::{KeyInit, Mac, SimpleHmac};
use sha2::digest::block_api::BlockSizeUser;
use sha2::digest::{Digest, ExtendableOutput, Update, XofReader};

/// Something that takes bytes, and gives a digest of them.
pub(super) trait Running: Send {
    fn update(&mut self, bytes: &[u8]);

    /// The digest: a length is for those that have any.
    fn finish(self: Box<Self>, length: Option<usize>) -> Vec<u8>;

    /// Another one that has taken the same.
    fn copy(&self) -> Box<dyn Running>;
}

/// What makes a digest with a key.
type NewKeyed = fn(&[u8]) -> Box<dyn Running>;

/// A digest: its names, and what makes one, without and with a key.
pub(super) struct Row {
    names: &'static [&'static str],
    pub(super) hash: fn() -> Box<dyn Running>,
    pub(super) code: Option<NewKeyed>,
}

struct Fixed<D>(D);

impl<D: Digest + Clone + Send + 'static> Running for Fixed<D> {
    fn update(&mut self, bytes: &[u8]) {
        Digest::update(&mut self.0, bytes);
    }

    fn finish(self: Box<Self>, _: Option<usize>) -> Vec<u8> {
        self.0.finalize().to_vec()
    }

    fn copy(&self) -> Box<dyn Running> {
        Box::new(Self(self.0.clone()))
    }
}

/// A digest of any length.
struct Extendable<D> {
    digest: D,
    usual: usize,
}

impl<D: Update + ExtendableOutput + Clone + Send + 'static> Running for Extendable<D> {
    fn update(&mut self, bytes: &[u8]) {
        Update::update(&mut self.digest, bytes);
    }

    fn finish(self: Box<Self>, length: Option<usize>) -> Vec<u8> {
        let mut bytes = vec![0; length.unwrap_or(self.usual)];
        self.digest.finalize_xof().read(&mut bytes);
        bytes
    }

    fn copy(&self) -> Box<dyn Running> {
        Box::new(Self { digest: self.digest.clone(), usual: self.usual })
    }
}

/// Two digests, one behind the other.
#[derive(Clone)]
struct Md5Sha1(md5::Md5, sha1::Sha1);

impl Running for Md5Sha1 {
    fn update(&mut self, bytes: &[u8]) {
        Digest::update(&mut self.0, bytes);
        Digest::update(&mut self.1, bytes);
    }

    fn finish(self: Box<Self>, _: Option<usize>) -> Vec<u8> {
        let mut bytes = self.0.finalize().to_vec();
        bytes.extend(self.1.finalize());
        bytes
    }

    fn copy(&self) -> Box<dyn Running> {
        Box::new(self.clone())
    }
}

/// A message code.
struct Keyed<D: Digest + BlockSizeUser>(SimpleHmac<D>);

impl<D: Digest + BlockSizeUser + Clone + Send + 'static> Running for Keyed<D>
where
    SimpleHmac<D>: Mac + Clone + Send,
{
    fn update(&mut self, bytes: &[u8]) {
        Mac::update(&mut self.0, bytes);
    }

    fn finish(self: Box<Self>, _: Option<usize>) -> Vec<u8> {
        self.0.finalize().into_bytes().to_vec()
    }

    fn copy(&self) -> Box<dyn Running> {
        Box::new(Self(self.0.clone()))
    }
}

fn hash<D: Digest + Clone + Send + 'static>() -> Box<dyn Running> {
    Box::new(Fixed(D::new()))
}

fn code<D: Digest + BlockSizeUser + Clone + Send + 'static>(key: &[u8]) -> Box<dyn Running>
where
    SimpleHmac<D>: Mac + KeyInit + Clone + Send,
{
    let code = <SimpleHmac<D> as KeyInit>::new_from_slice(key);
    Box::new(Keyed(code.expect("a key may have any length")))
}

/// A row for a digest of a fixed length.
macro_rules! fixed {
    ($digest:ty, $($name:literal)*) => {
        Row { names: &[$($name),*], hash: hash::<$digest>, code: Some(code::<$digest>) }
    };
}

/// By all their names, the usual one first.
const ROWS: &[Row] = &[
    fixed!(md5::Md5, "md5" "RSA-MD5" "md5WithRSAEncryption" "ssl3-md5"),
    fixed!(sha1::Sha1, "sha1" "RSA-SHA1" "RSA-SHA1-2" "sha-1" "sha1WithRSAEncryption" "ssl3-sha1"),
    fixed!(sha2::Sha224, "sha224" "RSA-SHA224" "sha-224" "sha2-224" "sha224WithRSAEncryption"),
    fixed!(sha2::Sha256, "sha256" "RSA-SHA256" "sha-256" "sha2-256" "sha256WithRSAEncryption"),
    fixed!(sha2::Sha384, "sha384" "RSA-SHA384" "sha-384" "sha2-384" "sha384WithRSAEncryption"),
    fixed!(sha2::Sha512, "sha512" "RSA-SHA512" "sha-512" "sha2-512" "sha512WithRSAEncryption"),
    fixed!(sha2::Sha512_224, "sha512-224" "RSA-SHA512/224" "sha-512/224" "sha2-512/224" "sha512-224WithRSAEncryption"),
    fixed!(sha2::Sha512_256, "sha512-256" "RSA-SHA512/256" "sha-512/256" "sha2-512/256" "sha512-256WithRSAEncryption"),
    fixed!(sha3::Sha3_224, "sha3-224" "RSA-SHA3-224" "id-rsassa-pkcs1-v1_5-with-sha3-224"),
    fixed!(sha3::Sha3_256, "sha3-256" "RSA-SHA3-256" "id-rsassa-pkcs1-v1_5-with-sha3-256"),
    fixed!(sha3::Sha3_384, "sha3-384" "RSA-SHA3-384" "id-rsassa-pkcs1-v1_5-with-sha3-384"),
    fixed!(sha3::Sha3_512, "sha3-512" "RSA-SHA3-512" "id-rsassa-pkcs1-v1_5-with-sha3-512"),
    fixed!(sha3::Keccak224, "keccak-224"),
    fixed!(sha3::Keccak256, "keccak-256"),
    fixed!(sha3::Keccak384, "keccak-384"),
    fixed!(sha3::Keccak512, "keccak-512"),
    fixed!(blake2::Blake2b512, "blake2b512" "blake2b-512"),
    fixed!(blake2::Blake2s256, "blake2s256" "blake2s-256"),
    fixed!(ripemd::Ripemd160, "ripemd160" "RSA-RIPEMD160" "ripemd" "ripemd-160" "ripemd160WithRSA" "rmd160"),
    Row {
        names: &["md5-sha1"],
        hash: || Box::new(Md5Sha1(md5::Md5::new(), sha1::Sha1::new())),
        code: None,
    },
    Row {
        names: &["shake128", "shake-128"],
        hash: || Box::new(Extendable { digest: sha3::Shake128::default(), usual: 16 }),
        code: None,
    },
    Row {
        names: &["shake256", "shake-256"],
        hash: || Box::new(Extendable { digest: sha3::Shake256::default(), usual: 32 }),
        code: None,
    },
];

/// The digest of a name, whose letters may be small or capital ones.
pub(super) fn find(name: &str) -> Option<&'static Row> {
    ROWS.iter().find(|row| row.names.iter().any(|known| known.eq_ignore_ascii_case(name)))
}

/// All names, in order.
pub(super) fn names() -> Vec<&'static str> {
    let mut names: Vec<&str> = ROWS.iter().flat_map(|row| row.names).copied().collect();
    names.sort_unstable();
    names
}
