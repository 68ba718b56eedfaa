import {
  BufferSource,
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  Input,
  MATROSKA,
  MP3,
  MP4,
  Mp3OutputFormat,
  Mp4OutputFormat,
  OGG,
  Output,
  QTFF,
  WAVE,
  WavOutputFormat,
  WEBM,
  WebMOutputFormat,
  type AudioCodec,
  type InputAudioTrack,
} from 'mediabunny';
import { ok, refused, type Result } from '#platform/result.ts';
import {
  isTwoInOne,
  mostSeconds,
  voiceForm,
  type MadeVoice,
  type MediaReason,
  type VoiceForm,
} from '../model.ts';
import { isWellBuilt } from './matroska.ts';
import { silenceMp4, silenceWebm, unsigned, vorbisWithoutWords } from './silence.ts';

type Made = Result<MadeVoice & { readonly bytes: Uint8Array }, MediaReason>;

const readers = { webm: [WEBM, MATROSKA], mp4: [MP4, QTFF], ogg: [OGG], mp3: [MP3], wav: [WAVE] };
// The shortest packets of Opus last 2.5 ms; more of them than fit in half an hour is not a voice.
const mostPackets = (mostSeconds / 0.0025) * 1.1;

interface Wrap {
  readonly type: MadeVoice['type'];
  readonly make: () => WebMOutputFormat | Mp4OutputFormat | Mp3OutputFormat | WavOutputFormat;
}

/** In what a codec is wrapped. Opus and Vorbis travel as WebM, which more phones play than Ogg. */
function wrapFor(codec: AudioCodec): Wrap | null {
  if (codec === 'opus' || codec === 'vorbis')
    return { type: 'audio/webm', make: () => new WebMOutputFormat() };
  if (codec === 'aac')
    return { type: 'audio/mp4', make: () => new Mp4OutputFormat({ fastStart: 'in-memory' }) };
  if (codec === 'mp3') return { type: 'audio/mpeg', make: () => new Mp3OutputFormat() };
  return /^(pcm-|ulaw$|alaw$)/.test(codec) ? { type: 'audio/wav', make: () => new WavOutputFormat() } : null;
}

/**
 * Wraps a voice anew: the packets of its first track of sound, in a container that says nothing else. No tags, no cover, no
 * chapters, no other tracks, no moment of making, no name of a maker; nothing is decoded. Refuses what does not parse.
 */
export async function voiceAnew(bytes: Uint8Array): Promise<Made> {
  const form = voiceForm(bytes);
  if (!isVoiceForm(form)) return refused(form);
  if (isTwoInOne(bytes)) return refused('two_in_one');
  if (form === 'webm' && !isWellBuilt(bytes)) return refused('voice_broken');
  const input = new Input({ source: new BufferSource(bytes), formats: readers[form] });
  try {
    const track = await input.getPrimaryAudioTrack();
    const codec = track && (await track.getCodec());
    const wrap = codec && wrapFor(codec);
    if (!track || !wrap) return refused(track ? 'voice_unknown' : 'voice_silent');
    return await wrapped(track, codec, wrap);
  } catch {
    // What mediabunny cannot read it says by throwing, in many ways.
    return refused('voice_broken');
  } finally {
    input.dispose();
  }
}

const isVoiceForm = (form: string): form is VoiceForm => Object.hasOwn(readers, form);

async function wrapped(track: InputAudioTrack, codec: AudioCodec, wrap: Wrap): Promise<Made> {
  const decoderConfig = await track.getDecoderConfig();
  if (!decoderConfig) return refused('voice_broken');
  if (codec === 'vorbis') {
    const given = decoderConfig.description;
    const quiet = given && vorbisWithoutWords(bytesOf(given));
    if (!quiet) return refused('voice_broken');
    decoderConfig.description = quiet;
  }
  const target = new BufferTarget();
  const output = new Output({ format: wrap.make(), target });
  const source = new EncodedAudioPacketSource(codec);
  output.addAudioTrack(source);
  await output.start();
  let packets = 0;
  let first: number | null = null;
  let seconds = 0;
  for await (const packet of new EncodedPacketSink(track).packets()) {
    first ??= packet.timestamp;
    const timestamp = Math.max(0, packet.timestamp - first);
    seconds = Math.max(seconds, timestamp + packet.duration);
    if (seconds > mostSeconds || ++packets > mostPackets) {
      await output.cancel();
      return refused('voice_too_long');
    }
    const data = codec === 'aac' || codec === 'mp3' ? unsigned(packet.data) : packet.data;
    await source.add(packet.clone({ timestamp, data, sideData: {} }), { decoderConfig });
  }
  if (packets === 0 || seconds <= 0) {
    await output.cancel();
    return refused('voice_silent');
  }
  await output.finalize();
  const made = new Uint8Array(target.buffer ?? new ArrayBuffer(0));
  if (wrap.type === 'audio/mp4') silenceMp4(made);
  if (wrap.type === 'audio/webm') silenceWebm(made, /Mediabunny v[\d.]+/g);
  return ok({ kind: 'voice', type: wrap.type, seconds, bytes: made });
}

function bytesOf(given: AllowSharedBufferSource): Uint8Array {
  return ArrayBuffer.isView(given)
    ? new Uint8Array(given.buffer, given.byteOffset, given.byteLength)
    : new Uint8Array(given);
}
