<?php
// Receives leads for a school. Copy it, and read leads from the table `leads`: each is there once, however often it was sent.
// 401: the signature is not ours, or older than five minutes. 204: the lead is stored. A lead without a body was erased
// because its person asked for it, and stays erased if it arrives later. `withdrawals` has the IDs of leads whose person
// withdrew consent: contact none of them.
declare(strict_types=1);

// A fault must not look like a yes: where errors are displayed, PHP would answer 200.
http_response_code(500);

// While a secret is rotated there may be two, separated by a space.
$secrets = preg_split('/ +/', (string) getenv('WEBHOOK_SECRET'), -1, PREG_SPLIT_NO_EMPTY);
$id = $_SERVER['HTTP_WEBHOOK_ID'] ?? '';
$body = file_get_contents('php://input');
if (!isSigned($id, $_SERVER['HTTP_WEBHOOK_TIMESTAMP'] ?? '', $_SERVER['HTTP_WEBHOOK_SIGNATURE'] ?? '', $body, $secrets)) {
    http_response_code(401);
    exit;
}
// Commits before it responds: after a 2xx the sender no longer keeps the lead for you.
$database = new PDO('sqlite:' . (getenv('DATABASE') ?: 'leads.db'), options: [PDO::ATTR_TIMEOUT => 10]);
$database->exec('CREATE TABLE IF NOT EXISTS leads (id TEXT PRIMARY KEY, body TEXT) STRICT');
$database->exec('CREATE TABLE IF NOT EXISTS withdrawals (id TEXT PRIMARY KEY) STRICT');
$event = json_decode($body, true, flags: JSON_THROW_ON_ERROR);
if (($event['type'] ?? '') === 'lead.erased') {
    $erase = $database->prepare('INSERT INTO leads (id) VALUES (?) ON CONFLICT DO UPDATE SET body = NULL');
    $erase->execute([$event['data']['deliveryId']]);
} elseif (($event['type'] ?? '') === 'consent.withdrawn') {
    $stop = $database->prepare('INSERT INTO withdrawals (id) VALUES (?) ON CONFLICT DO NOTHING');
    $stop->execute([$event['data']['deliveryId']]);
} else {
    $database->prepare('INSERT INTO leads (id, body) VALUES (?, ?) ON CONFLICT DO NOTHING')->execute([$id, $body]);
}
http_response_code(204);

function isSigned(string $id, string $sentAt, string $signatures, string $body, array $secrets): bool
{
    if (!ctype_digit($sentAt) || abs(time() - (int) $sentAt) > 300) return false;
    foreach ($secrets as $secret) {
        $key = base64_decode(substr($secret, strlen('whsec_')), true);
        if (!$key) continue;
        $wanted = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$sentAt.$body", $key, true));
        foreach (explode(' ', $signatures) as $given) if (hash_equals($wanted, $given)) return true;
    }
    return false;
}
