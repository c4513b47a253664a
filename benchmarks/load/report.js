// Turns the lines of one run into the table of results/: medians over the rounds, then ratios.
const fs = require('fs'), os = require('os');
const [file, command, revision, rounds, secs, java, postgres, bun, wsPackage] = process.argv.slice(2);
const servers = ['bun', 'ws', 'plain', 'parlour'];
const lines = fs.readFileSync(file, 'utf8').trim().split('\n').map(line => JSON.parse(line));
const rows = [...new Set(lines.map(line => line.row))].filter(row => row !== 'idle' && row !== 'acks');

const median = values => {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  return sorted.length ? sorted[Math.floor(sorted.length / 2)] : NaN;
};
const of = (row, server) => lines.filter(line => line.row === row && line.server === server && line.result).map(line => line.result);
const figure = value => !Number.isFinite(value) ? '-' : value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
const cpu = (row, server) => median(of(row, server).map(r => r.cpu_us_per_deliv));
const cell = (row, server) => {
  const runs = of(row, server);
  if (!runs.length) return 'failed';
  const lost = Math.max(...runs.map(r => r.lost));
  const closed = Math.max(...runs.map(r => r.early_close));
  const pace = median(runs.map(r => r.rate ? r.deliv_per_s / (r.rate * (r.conns / r.rooms - 1)) : NaN));
  return [
    figure(cpu(row, server)),
    figure(median(runs.map(r => r.lat_us.p50 / 1000))),
    figure(median(runs.map(r => r.lat_us.p99 / 1000))),
    lost + (closed ? `, ${closed} closed` : '') + (pace < 0.97 ? `, ${(pace * 100).toFixed(0)} % of the rate` : ''),
  ].join(' / ');
};
const ratio = (row, a, b) => figure(cpu(row, a) / cpu(row, b));
const others = row => figure(Math.max(...servers.flatMap(server => of(row, server).map(r => r.others_util))));
const kib = server => figure(median(lines.filter(line => line.row === 'idle' && line.server === server).map(line => line.kib)));
const acks = rate => lines.filter(line => line.row === 'acks' && line.acks.rate === rate).map(line => line.acks);
const saturated = median(acks(0).map(a => a.acked_per_s));
const paced = [a => a.acked_per_s, a => a.ack_ms.p50, a => a.ack_ms.p99].map(part => figure(median(acks(1000).map(part))));
const refused = lines.filter(line => line.row === 'acks').reduce((sum, line) => sum + line.acks.refused, 0);
const all = lines.filter(line => line.result).map(line => line.result.others_util);
const disturbed = all.filter(value => value > 0.3).length;
const processor = (os.cpus()[0] || {}).model;

console.log(`# Parlour and its peers, ${new Date().toISOString().slice(0, 10)}

- Command: \`${command}\` at ${revision}; ${rounds} round${rounds > 1 ? 's, medians' : ''}, ${secs} s each, servers in turn within each row
- Machine: ${os.cpus().length} x ${processor}, ${Math.round(os.totalmem() / 2 ** 30)} GiB, ${os.type()} ${os.release()}; load generator, database and all servers share it
- ${java}; ${postgres}, its default configuration; bun ${bun}; ws ${JSON.parse(fs.readFileSync(wsPackage)).version} on node ${process.version}
- Parlour and the plain endpoint run in one WildFly with its default memory (512 MB); Parlour stores each message before it tells it, the others store nothing
- Others on the machine took up to ${figure(Math.max(...all))} cores; ${disturbed} of ${all.length} runs had more than 0.3 of others (Parlour's PostgreSQL counts as others). ${disturbed ? '**This machine was busy: latencies and the slower servers suffer; ratios are a hint, no verdict.**' : 'The machine was quiet.'}

Cells: server CPU in us per delivery / p50 ms / p99 ms / lost. Ratios are of CPU per delivery. "% of the rate": what was delivered within the
time of what was asked for; below 97 % the server, or this machine, did not keep up and its latencies say only that.

| rooms x members | bun | ws | plain endpoint | Parlour | Parlour / bun | ws / Parlour | plain / Parlour | others, cores |
|---|---|---|---|---|---|---|---|---|
${rows.map(row => `| ${[row, ...servers.map(server => cell(row, server)), ratio(row, 'parlour', 'bun'), ratio(row, 'ws', 'parlour'), ratio(row, 'plain', 'parlour'), others(row)].join(' | ')} |`).join('\n')}

One room, 16 senders that wait for acks (\`load/acks.js\`): ${figure(saturated)} acknowledged messages a second when each keeps 64 under way; at
1,000 a second (${paced[0]} acknowledged) an ack takes ${paced[1]} ms (p50), ${paced[2]} ms (p99). Refused: ${refused}.

5,000 idle connections, KiB each: bun ${kib('bun')} (RSS), ws ${kib('ws')} (RSS), plain endpoint ${kib('plain')} (heap after GC), Parlour ${kib('parlour')} (heap after GC,
each with a name, 10 in a room).

Options of \`wsload\` for a row: "1 x 100, saturated, window 32" is \`--conns 100 --rooms 1 --senders 1 --window 32\`; "1 x 100, 1,000 msg/s" is
\`--conns 100 --rooms 1 --senders 10 --rate 1000\`; "100 x 10" is \`--conns 1000 --rooms 100 --senders 10 --window 2\`; for Parlour also
\`--proto chat.v1.json --join '/user u%u'\`.`);
