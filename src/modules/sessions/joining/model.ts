/** The one cookie of a room: a word of 256 random bits that nobody but the phone has. */
export const roomCookie = 'room';
