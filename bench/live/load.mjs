// A thousand learners' pages and forty walls, as the browser opens them: the official SignalR client, one connection each. bin/bench live starts it and tells it what to do, a line of JSON each way.
import { writeFileSync } from 'node:fs';
import http from 'node:http';
import { createInterface } from 'node:readline';
import { HubConnectionBuilder, HubConnectionState, HttpTransportType, LogLevel } from '@microsoft/signalr';

const beatMs = 5000;
const pausesMs = [0, 500, 1000, 2000, 4000, 8000, 10_000];
const agent = new http.Agent({ keepAlive: true });
/** @type {Learner[]} */
let learners = [];
let walls = [];
let beating = true;
let answering = false;
let beats = 0;
let saves = [];
let seen = [];
let refused = 0;
let retried = 0;

class Learner {
  attempt = null;
  arrivedAt = 0;
  attends = 0;
  sent = 0;
  outstanding = null;
  /** position -> { sequence, option } of the last change that was acknowledged */
  acked = new Map();
  ackedChanges = 0;
  busy = Promise.resolve();

  constructor(server, { id, session, cookie, items }) {
    Object.assign(this, { server, id, session, cookie, items });
    this.hub = connection(server, cookie);
    this.hub.on('mine', (mine) => this.#mine(mine));
    this.hub.on('session', () => {});
    this.hub.on('action', () => {});
    this.hub.onreconnected(() => this.attend());
  }

  async attend() {
    const state = await this.hub.invoke('Attend', this.session);
    this.#mine(state.me);
    this.attends++;
  }

  async beat() {
    if (beating && this.hub.state === HubConnectionState.Connected) {
      await this.hub.invoke('Beat', { position: (this.sent % this.items) + 1, visible: true, rttMs: 3 });
      beats++;
    }
  }

  answer() {
    this.busy = this.busy.then(() => this.#answer());
    return this.busy;
  }

  async #answer() {
    const n = this.sent++;
    const position = (n % this.items) + 1;
    const sequence = (this.acked.get(position)?.sequence ?? 0) + 1;
    const option = 'abcd'[n % 4];
    const body = JSON.stringify({ response: { chosen: [option] }, sequence, basedOn: sequence - 1, elapsedMs: n * 100, device: 'bench', answeredAt: new Date().toISOString() });
    const sentAt = performance.now();
    this.outstanding = { sentAt, at: Date.now() };
    for (let tries = 0; ; tries++) {
      const status = await put(this.server, `/api/attempts/${this.attempt}/answers/${position}`, this.cookie, body);
      if (status === 200) {
        saves.push({ ms: performance.now() - sentAt, tries });
        this.acked.set(position, { sequence, option });
        this.ackedChanges++;
        return;
      }

      if (status >= 400 && status < 500) {
        refused++;
        this.acked.set(position, { sequence: sequence - 1, option: this.acked.get(position)?.option });
        return;
      }

      retried++;
      this.outstanding = null; // the wall is not measured through an outage
      await pause(300 + Math.random() * 400);
    }
  }

  #mine({ attemptId }) {
    if (attemptId && !this.attempt) {
      this.attempt = attemptId;
      this.arrivedAt = Date.now();
    }
  }
}

class Wall {
  constructor(server, { session, cookie }) {
    this.session = session;
    this.hub = connection(server, cookie);
    this.hub.on('delta', ({ participants }) => participants.forEach(heard));
    this.hub.on('session', () => {});
    this.hub.on('acted', () => {});
    this.hub.on('tick', () => {});
    this.hub.onreconnected(() => this.watch());
  }

  watch() {
    return this.hub.invoke('Watch', this.session);
  }
}

const byId = new Map();

function heard({ learnerId, answeredAt }) {
  const waits = byId.get(learnerId)?.outstanding;
  if (waits && answeredAt && Date.parse(answeredAt) >= waits.at - 1) {
    seen.push(performance.now() - waits.sentAt);
    byId.get(learnerId).outstanding = null;
  }
}

function connection(server, cookie) {
  const hub = new HubConnectionBuilder()
    .withUrl(`${server}/api/live/hub`, { transport: HttpTransportType.WebSockets, skipNegotiation: true, headers: { Cookie: cookie } })
    .withAutomaticReconnect({ nextRetryDelayInMilliseconds: ({ previousRetryCount }) => pausesMs[Math.min(previousRetryCount, pausesMs.length - 1)] * (0.7 + Math.random() * 0.6) })
    .configureLogging(LogLevel.None)
    .build();
  hub.serverTimeoutInMilliseconds = 20_000;
  hub.keepAliveIntervalInMilliseconds = 10_000;
  return hub;
}

function put(server, path, cookie, body) {
  return new Promise((resolve) => {
    const request = http.request(server + path, { method: 'PUT', agent, timeout: 10_000, headers: { Cookie: cookie, 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body), 'Sec-Fetch-Site': 'same-origin' } }, (reply) => {
      reply.resume();
      reply.on('end', () => resolve(reply.statusCode));
      reply.on('error', () => resolve(0));
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(0));
    request.end(body);
  });
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const quantile = (values, q) => values.length === 0 ? 0 : [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(q * values.length))];

/** Everybody attends again; gives up after a minute. */
async function recovered(before) {
  const from = performance.now();
  while (learners.some((learner, i) => learner.attends <= before[i]) && performance.now() - from < 60_000) {
    await pause(10);
  }

  return { ms: performance.now() - from, missing: learners.filter((learner, i) => learner.attends <= before[i]).length };
}

async function inGroups(all, size, work) {
  for (let i = 0; i < all.length; i += size) {
    await Promise.all(all.slice(i, i + size).map(work));
  }
}

const commands = {
  async connect({ server, learners: people, walls: teachers }) {
    learners = people.map((person) => new Learner(server, person));
    learners.forEach((learner) => byId.set(learner.id, learner));
    walls = teachers.map((teacher) => new Wall(server, teacher));
    const from = performance.now();
    await inGroups(learners, 50, async (learner) => { await learner.hub.start(); await learner.attend(); });
    await inGroups(walls, 20, async (wall) => { await wall.hub.start(); await wall.watch(); });
    for (const learner of learners) {
      const beat = () => learner.beat().catch(() => {});
      setTimeout(() => setInterval(beat, beatMs), Math.random() * beatMs);
    }

    return { ms: performance.now() - from };
  },

  async beat({ seconds, on }) {
    beating = on;
    await pause(500);
    const before = beats;
    await pause(seconds * 1000);
    return { beats: beats - before };
  },

  async started() {
    const from = Date.now();
    while (learners.some((learner) => !learner.attempt) && Date.now() - from < 30_000) {
      await pause(5);
    }

    return { lastAt: Math.max(...learners.map((learner) => learner.arrivedAt)), missing: learners.filter((learner) => !learner.attempt).length };
  },

  async answer({ seconds, everyMs }) {
    saves = [];
    seen = [];
    answering = true;
    beating = true;
    const until = Date.now() + seconds * 1000;
    await Promise.all(learners.map(async (learner) => {
      await pause(Math.random() * everyMs);
      while (answering && Date.now() < until) {
        const from = Date.now();
        await learner.answer();
        await pause(Math.max(0, everyMs * (0.8 + Math.random() * 0.4) - (Date.now() - from)));
      }
    }));
    await pause(1000);
    const ms = saves.filter((save) => save.tries === 0).map((save) => save.ms);
    return {
      saves: saves.length, refused, retried, perSecond: saves.length / seconds, saveP50: quantile(ms, 0.5), saveP95: quantile(ms, 0.95), saveP99: quantile(ms, 0.99),
      seen: seen.length, wallP50: quantile(seen, 0.5), wallP95: quantile(seen, 0.95), wallP99: quantile(seen, 0.99),
    };
  },

  /** Every socket breaks in the same moment, as when a proxy or a network goes away. */
  async storm() {
    const before = learners.map((learner) => learner.attends);
    for (const { hub } of [...learners, ...walls]) {
      hub.connection?.transport?._webSocket?.terminate();
    }

    return recovered(before);
  },

  /** The server is about to be killed. */
  async outage() {
    const before = learners.map((learner) => learner.attends);
    return recovered(before);
  },

  async acked({ file }) {
    await Promise.all(learners.map((learner) => learner.busy));
    writeFileSync(file, JSON.stringify(learners.map(({ attempt, acked, ackedChanges }) => ({ attempt, changes: ackedChanges, answers: [...acked].map(([position, { sequence, option }]) => ({ position, sequence, option })) }))));
    return { changes: learners.reduce((sum, learner) => sum + learner.ackedChanges, 0) };
  },

  async close() {
    answering = false;
    beating = false;
    await Promise.all([...learners, ...walls].map(({ hub }) => hub.stop().catch(() => {})));
    learners = [];
    walls = [];
    byId.clear();
    return {};
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { id, command, ...given } = JSON.parse(line);
  void commands[command](given).then(
    (result) => process.stdout.write(`${JSON.stringify({ id, ...result })}\n`),
    (error) => process.stdout.write(`${JSON.stringify({ id, error: String(error?.stack ?? error) })}\n`));
}

process.exit(0);
