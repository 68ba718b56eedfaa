import type { MediaReason } from '../../stories/media/model.ts';

/** A picture that was brought for a publication, without its bytes. */
export interface PictureHeld {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** What can be seen, for who cannot see it. */
  readonly alt: string;
  readonly credit: string;
  /** Whether a block shows it, or an edition that is out. */
  readonly used: boolean;
}

export interface PictureWords {
  readonly alt: string;
  readonly credit: string;
}

/** How many pictures a publication can hold. */
export const mostPictures = 80;
export const pictureLimits = { alt: 1_000, credit: 200 } as const;

/** Why a picture is not taken: as of photos of a telling, or because nobody says what can be seen. */
export type PictureRefusal = MediaReason | 'no_alt';
