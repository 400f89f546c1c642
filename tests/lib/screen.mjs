// A screen that nobody sees (Xvfb), for browsers that cannot do without one.
import { spawn } from 'node:child_process';

/** Starts it on a number of its own choice; `env` leads programs to it. */
export function startScreen() {
  // The number is written to the third channel as soon as the screen is there.
  const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const stop = () => new Promise((resolve) => { child.on('exit', resolve); child.kill('SIGTERM'); });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
    child.stdio[3].once('data', (number) => resolve({
      stop,
      // As root, and in many containers, WebKit cannot build the sandbox around its own processes.
      env: { DISPLAY: `:${String(number).trim()}`, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1', GDK_BACKEND: 'x11', LIBGL_ALWAYS_SOFTWARE: '1', NO_AT_BRIDGE: '1' },
    }));
  });
}
