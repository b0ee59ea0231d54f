//! Keys in a real `ssh-agent`, and agents that are none.

use crate::ROOT;
use crate::keygen::{Keygen, has, tool};
use provenance::seal::ssh::agent::Agent;
use provenance::seal::ssh::{AllowedSigners, KeyError, PublicKey, verify};
use provenance::seal::vouch::Trust;
use std::io::{Read as _, Write as _};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(20);

/// An agent that ends with the test.
struct Running {
    child: Child,
    socket: PathBuf,
}

impl Running {
    fn start(folder: &Path) -> Self {
        let socket = folder.join("agent");
        let child =
            Command::new("ssh-agent").arg("-D").arg("-a").arg(&socket).stdout(Stdio::null()).spawn().unwrap();
        for _ in 0..200 {
            if socket.exists() {
                break;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Self { child, socket }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn an_agent_signs_with_the_key_that_is_named() {
    let Some(keygen) = Keygen::new() else { return };
    if !has("ssh-agent") || !has("ssh-add") {
        return;
    }
    let folder = keygen.at("");
    let running = Running::start(&folder);
    keygen.write("root.txt", ROOT);
    let kinds: [(&str, &[&str]); 4] = [
        ("ed25519", &["ed25519"]),
        ("p256", &["ecdsa", "-b", "256"]),
        ("p521", &["ecdsa", "-b", "521"]),
        ("rsa", &["rsa", "-b", "2048"]),
    ];
    for (name, kind) in kinds {
        keygen.key(name, kind, "");
        let (added, said) = tool("ssh-add", &folder, &["-q", name], None, Some(&running.socket));
        assert!(added, "{said}");
    }
    let mut agent = Agent::connect(&running.socket, PATIENCE).unwrap();
    let identities = agent.identities().unwrap();
    assert_eq!(identities.len(), kinds.len());
    assert!(identities.iter().all(|identity| identity.comment == "mina@example.org"));
    for (name, _) in kinds {
        let public = keygen.text(&format!("{name}.pub"));
        let key = PublicKey::read(public.as_bytes()).unwrap();
        let armored = agent.sign(&key, ROOT).unwrap();
        let signers = AllowedSigners::read(format!("mina {public}").as_bytes()).unwrap();
        let vouching = verify(ROOT, armored.as_bytes(), Some(&signers), None, None).unwrap();
        assert_eq!(vouching.trust, Trust::Known { who: "mina".to_owned() }, "{name}");
        keygen.write("root.txt.sig", &armored);
        keygen.write("signers", format!("mina {public}"));
        let (content, said) = keygen.verifies("root.txt", "signers", "mina");
        assert!(content, "{name}: {said}");
    }

    keygen.key("stranger", &["ed25519"], "");
    let stranger = PublicKey::read(keygen.text("stranger.pub").as_bytes()).unwrap();
    match agent.sign(&stranger, ROOT) {
        Err(KeyError::Agent(why)) => {
            assert!(why.contains(&stranger.fingerprint()) && why.contains("4 others"), "{why}");
        }
        other => panic!("{other:?}"),
    }
}

/// An agent that gives these answers, one after another, whatever it is asked.
fn answering(answers: Vec<Vec<u8>>) -> (tempfile::TempDir, Agent) {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("agent");
    let listener = UnixListener::bind(&socket).unwrap();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        for answer in answers {
            let mut length = [0; 4];
            if stream.read_exact(&mut length).is_err() {
                return;
            }
            let mut request = vec![0; usize::try_from(u32::from_be_bytes(length)).unwrap()];
            if stream.read_exact(&mut request).is_err() || stream.write_all(&answer).is_err() {
                return;
            }
        }
        // Silence, until the other side has had enough.
        let _ = std::io::copy(&mut stream, &mut std::io::sink());
    });
    let agent = Agent::connect(&socket, Duration::from_millis(300)).unwrap();
    (folder, agent)
}

fn framed(octets: &[u8]) -> Vec<u8> {
    [&u32::try_from(octets.len()).unwrap().to_be_bytes(), octets].concat()
}

#[test]
fn strange_answers_are_told() {
    let public = PublicKey::read(include_bytes!("fixtures/ed25519.pub")).unwrap();
    let blob = {
        use base64ct::{Base64, Encoding};
        Base64::decode_vec(include_str!("fixtures/ed25519.pub").split(' ').nth(1).unwrap()).unwrap()
    };
    let listed = framed(&[&[12, 0, 0, 0, 1][..], &framed(&blob), &framed(b"a \x1b name")].concat());
    for (answers, said) in [
        (vec![], "silent"),
        (vec![framed(&[5])], "something else"),
        (vec![framed(&[])], "something else"),
        (vec![framed(&[12, 0xff, 0xff, 0xff, 0xff])], "something else"),
        (vec![framed(&[12, 0, 0, 0, 0, 9])], "something else"),
        (vec![vec![0xff; 4]], "256 KiB"),
        (vec![vec![0, 0, 0, 9, 12]], "silent"),
        (vec![framed(&[12, 0, 0, 0, 0])], "but none"),
        (vec![listed.clone(), framed(&[5])], "would not sign"),
        (vec![listed.clone(), framed(&[14, 0, 0, 0, 9])], "something else"),
    ] {
        let (_folder, mut agent) = answering(answers);
        match agent.sign(&public, ROOT) {
            Err(KeyError::Agent(why)) => assert!(why.contains(said), "{said}: {why}"),
            other => panic!("{said}: {other:?}"),
        }
    }
    // A signature by the right key that is over something else never leaves.
    let wrong = [framed(b"ssh-ed25519"), framed(&[1; 64])].concat();
    let (_folder, mut agent) =
        answering(vec![listed.clone(), framed(&[&[14][..], &framed(&wrong)].concat())]);
    assert!(matches!(agent.sign(&public, ROOT), Err(KeyError::Wrong(_))));

    let (_folder, mut agent) = answering(vec![listed]);
    assert!(agent.identities().unwrap().iter().all(|identity| !identity.comment.contains('\x1b')));
}

#[test]
fn nobody_at_the_socket_is_told() {
    match Agent::connect(Path::new("/nowhere/agent"), PATIENCE) {
        Err(KeyError::Agent(why)) => {
            assert!(why.contains("/nowhere/agent") && why.contains("ssh-agent"), "{why}");
        }
        other => panic!("{other:?}"),
    }
}
