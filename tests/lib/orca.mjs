// Orca, the screen reader of Linux, in a session of its own: what it would say is read from its log, in order.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startScreen } from './screen.mjs';

const LAUNCHERS = ['/usr/libexec/at-spi-bus-launcher', '/usr/lib/at-spi2-core/at-spi-bus-launcher'];

/** A screen, a session bus, the accessibility bus and Orca; `env` is for the programs that it shall read out. */
export async function startOrca() {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'qulaq-orca-'));
  const screen = await startScreen();
  const log = path.join(home, 'orca.log');
  const own = { HOME: home, XDG_RUNTIME_DIR: home, XDG_DATA_HOME: path.join(home, 'data'), XDG_CONFIG_HOME: path.join(home, 'config') };
  const { NO_AT_BRIDGE, ...seen } = screen.env;
  const env = { ...process.env, ...seen, ...own, GNOME_ACCESSIBILITY: '1', LC_ALL: 'C.UTF-8' };
  // Orca keeps its log back in blocks; its own place for a user's changes makes it write line by line.
  fs.mkdirSync(path.join(own.XDG_DATA_HOME, 'orca'), { recursive: true });
  fs.writeFileSync(path.join(own.XDG_DATA_HOME, 'orca/orca-customizations.py'), 'import orca.debug\norca.debug.debugFile.reconfigure(line_buffering=True)\n');
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address'], { stdio: ['ignore', 'pipe', 'ignore'], env });
  env.DBUS_SESSION_BUS_ADDRESS = (await firstLine(bus.stdout)).trim();
  const launcher = spawn(LAUNCHERS.find((file) => fs.existsSync(file)), ['--launch-immediately', '--a11y=1', '--screen-reader=1'], { stdio: 'ignore', env });
  const orca = spawn('orca', ['--replace', `--debug-file=${log}`], { stdio: 'ignore', env });
  let read = 0;
  /** Everything said so far, a line each. */
  const spoken = () => (fs.existsSync(log) ? [...fs.readFileSync(log, 'utf8').matchAll(/SPEECH OUTPUT: '(.*?)'(?:\{|$)/gm)].map(([, words]) => words.trim()) : []);
  /** Waits until these words are said after what was heard before, and gives all that was said up to there. */
  const until = async (words, most = 60_000) => {
    const end = Date.now() + most;
    while (Date.now() < end) {
      const said = spoken().slice(read);
      const at = said.findIndex((line) => line.includes(words));
      if (at >= 0) {
        read += at + 1;
        return said.slice(0, at + 1);
      }
      await new Promise((resolve) => { setTimeout(resolve, 50); });
    }
    throw new Error(`Orca did not say “${words}”, but:\n${spoken().slice(read).join('\n')}`);
  };
  const stop = async () => {
    // Told to end, the launcher ends the bus that it has started; Orca would not hear it while it speaks.
    await ended(orca, 'SIGKILL');
    for (const child of [launcher, bus]) await ended(child, 'SIGTERM');
    await screen.stop();
    fs.rmSync(home, { recursive: true, force: true });
  };
  await until('Screen reader on').catch(async (error) => { await stop(); throw error; });
  return { env, until, stop, heard: () => spoken().slice(read), forget: () => { read = spoken().length; } };
}

const firstLine = (stream) => new Promise((resolve) => { stream.once('data', (data) => resolve(String(data))); });

function ended(child, signal) {
  if (child.exitCode !== null || child.signalCode !== null) return undefined;
  return new Promise((resolve) => { child.on('exit', resolve); child.kill(signal); });
}
