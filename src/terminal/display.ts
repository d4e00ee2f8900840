import {clearScreenDown, moveCursor} from 'node:readline';
import type {WriteStream} from 'node:tty';
import type {Watch} from '../airbyte/sync-view';
import type {Clock} from '../clock';
import {screenOf} from './screen';

const REDRAW_MS = 250;

/** The part of a terminal that is drawn on. */
export type Terminal = Pick<WriteStream, 'columns' | 'rows'> & NodeJS.WritableStream;

/** Draws what a read is doing on a terminal, over and over, and leaves the last picture there. */
export function displayOn(terminal: Terminal, clock: Clock): Watch {
  return (look) => {
    const end = new AbortController();
    let drawn = 0;
    const draw = (): void => {
      const {columns, rows} = terminal;
      const lines = screenOf(look(), {columns: columns - 1, rows}, clock.now());
      if (drawn > 0) moveCursor(terminal, 0, -drawn);
      clearScreenDown(terminal);
      terminal.write(lines.map((line) => `${line}\n`).join(''));
      drawn = lines.length;
    };
    const drawAgain = (): Promise<void> => clock.sleep(REDRAW_MS, end.signal).then(draw).then(drawAgain);
    drawAgain().catch(() => undefined);
    return () => {
      end.abort();
      draw();
    };
  };
}
