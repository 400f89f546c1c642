//! Connections by the thousand, and by people who mean no good.

use crate::support::{Collector, answer_yes, definition};
use collector::server::Serving;
use collector::server::connections::Connections;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

const RESPONSES: &str = "/api/v1/surveys/page-useful/responses";

/// A collector with room for so many.
fn with_room_for(connections: usize) -> Collector {
    let serving = Serving { connections: Connections::at_most(connections), ..Serving::default() };
    Collector::serving(&[], serving)
}

/// A connection on which this was sent.
fn connect(collector: &Collector, sent: &str) -> TcpStream {
    let mut socket = TcpStream::connect(collector.origin.strip_prefix("http://").unwrap()).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    socket.write_all(sent.as_bytes()).unwrap();
    socket
}

/// All that comes until the other side ends.
fn read_all(mut socket: TcpStream) -> String {
    let mut all = Vec::new();
    drop(socket.read_to_end(&mut all));
    String::from_utf8(all).unwrap()
}

#[test]
fn thousands_of_half_open_requests_keep_no_citizen_out() {
    // Both ends of each connection are files of this process.
    drop(Connections::allowed(usize::MAX));
    let collector = with_room_for(500);
    let version = collector.publish(&definition("page-useful"));
    let half = "POST /api/v1/surveys/page-useful/responses HTTP/1.1\r\nhost: a\r\ncontent-le";
    let held: Vec<TcpStream> =
        (0..2000).map(|number| connect(&collector, &half[..(number % half.len())])).collect();
    for digit in "0123456789abcdef".chars() {
        let reply = collector.post_json(RESPONSES, &answer_yes(digit, &version));
        assert_eq!(reply.status, 201);
    }
    drop(held);
    assert_eq!(collector.rows(), 16);
}

#[test]
fn who_finds_everybody_at_work_is_told_to_come_back() {
    let collector = with_room_for(1);
    let mut working = connect(
        &collector,
        "DELETE /api/v1/responses HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-type: application/json\r\nexpect: 100-continue\r\ncontent-length: 2\r\n\r\n",
    );
    let mut asked = [0; 12];
    working.read_exact(&mut asked).unwrap();
    assert_eq!(&asked, b"HTTP/1.1 100", "its body is being waited for");

    let turned_away = read_all(connect(&collector, "GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n"));
    assert!(
        turned_away.starts_with("HTTP/1.1 503 ") && turned_away.contains("retry-after: 2"),
        "{turned_away}"
    );
    assert!(turned_away.contains("urn:qulaq:problem:busy"), "{turned_away}");

    working.write_all(b"{}").unwrap();
    assert!(read_all(working).contains("HTTP/1.1 400 "), "and who was at work is answered");
    assert_eq!(collector.get("/healthz").status, 200);
}

#[test]
fn a_connection_that_was_kept_makes_room_for_a_new_one() {
    let collector = with_room_for(1);
    let mut kept = connect(&collector, "GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n");
    let mut first = [0; 15];
    kept.read_exact(&mut first).unwrap();
    assert_eq!(&first, b"HTTP/1.1 200 OK");
    let answered =
        read_all(connect(&collector, "GET /healthz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"));
    assert!(answered.starts_with("HTTP/1.1 200 "), "{answered}");
    assert!(read_all(kept).ends_with("ok\n"), "the answer came whole, then the connection was closed");
}

/// Speaks HTTP/2 to a collector from the first byte on, as who knows that it does.
async fn speak_http2(
    collector: &Collector,
) -> (h2::client::SendRequest<axum::body::Bytes>, tokio::task::JoinHandle<Result<(), h2::Error>>) {
    let address = collector.origin.strip_prefix("http://").unwrap();
    let socket = tokio::net::TcpStream::connect(address).await.unwrap();
    let (client, connection) = h2::client::handshake(socket).await.unwrap();
    (client.ready().await.unwrap(), tokio::spawn(connection))
}

fn asking(collector: &Collector, path: &str) -> axum::http::Request<()> {
    axum::http::Request::get(format!("{}{path}", collector.origin)).body(()).unwrap()
}

#[test]
fn http_2_is_spoken_with_whoever_begins_with_it() {
    let collector = Collector::start();
    collector.wait(async {
        let (mut client, _connection) = speak_http2(&collector).await;
        let answers = (0..10).map(|_| client.send_request(asking(&collector, "/healthz"), true).unwrap().0);
        for answer in answers.collect::<Vec<_>>() {
            assert_eq!(answer.await.unwrap().status(), 200);
        }
    });
}

#[test]
fn who_asks_and_takes_back_without_end_is_sent_away() {
    // CVE-2023-44487: each request costs the server more than it costs whoever takes it back.
    let collector = Collector::start();
    collector.wait(async {
        let (client, connection) = speak_http2(&collector).await;
        let (mut client, mut asked) = (client, 0);
        while let Ok(ready) = client.ready().await {
            client = ready;
            let Ok((_, mut stream)) = client.send_request(asking(&collector, "/readyz"), false) else {
                break;
            };
            stream.send_reset(h2::Reason::CANCEL);
            asked += 1;
            assert!(asked < 100_000, "nobody ends it");
        }
        // It is told why, unless its own next request fails before it has read that.
        let ended = connection.await.unwrap().unwrap_err();
        assert!(ended.is_io() || ended.reason() == Some(h2::Reason::ENHANCE_YOUR_CALM), "{ended:?}");
    });
    assert_eq!(collector.get("/healthz").status, 200);
}
