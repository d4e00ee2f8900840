import type {Peer, Result} from '../result';
import {costPictures} from './cost';
import {minutePicture} from './minute';
import type {Picture} from './picture';
import {searchesPicture} from './searches';

export type {Picture} from './picture';

/** All pictures of a run, and of the last run with the tap if there was one. The same numbers make the same files. */
export async function picturesOf(run: Result, peer: Peer | undefined): Promise<Picture[]> {
  return [
    await minutePicture(run.minutes),
    ...(await costPictures(run)),
    await searchesPicture(run.requests, peer),
  ];
}
