// @ts-check
// Records a voice on the page and puts it where a chosen file would be, so that the same form sends it. Without script, or
// without a microphone, the form takes a file as it is.
(() => {
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector('[data-voice]'));
  const panel = /** @type {HTMLElement | null} */ (form?.querySelector('[data-recorder]'));
  const input = /** @type {HTMLInputElement | null} */ (form?.querySelector('input[type=file]'));
  const said = /** @type {HTMLElement | null} */ (panel?.querySelector('[data-said]'));
  const time = panel?.querySelector('[data-time]');
  const back = /** @type {HTMLAudioElement | null} */ (panel?.querySelector('[data-back]'));
  if (!form || !panel || !input || !said || !time || !back || !('MediaRecorder' in window)) return;
  const kind = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus', 'audio/webm'].find((each) =>
    MediaRecorder.isTypeSupported(each),
  );
  if (!kind || !navigator.mediaDevices) return;
  const longest = Number(form.dataset.voice) - 5;
  /** @type {MediaRecorder | null} */
  let recorder = null;
  /** @type {Blob[]} */
  let pieces = [];
  let seconds = 0;
  let unsent = false;

  const buttons = /** @type {NodeListOf<HTMLButtonElement>} */ (panel.querySelectorAll('[data-do]'));
  /** Which buttons can be pressed now; the first of them has the focus when the one that had it went. */
  const offer = (/** @type {string[]} */ ...deeds) => {
    const had = panel.contains(document.activeElement);
    for (const button of buttons) button.hidden = !deeds.includes(button.dataset.do ?? '');
    if (had) [...buttons].find((button) => button.dataset.do === deeds[0])?.focus();
  };
  const tell = (/** @type {string} */ state) => (said.textContent = said.dataset[state] ?? '');
  const show = () =>
    (time.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`);
  const kept = () => {
    const blob = new Blob(pieces, { type: kind.split(';')[0] ?? '' });
    const files = new DataTransfer();
    files.items.add(new File([blob], 'voice', { type: blob.type }));
    input.files = files.files;
    if (back.src) URL.revokeObjectURL(back.src);
    back.src = URL.createObjectURL(blob);
    back.hidden = false;
    unsent = true;
    tell(seconds >= longest ? 'full' : 'done');
    offer('again');
  };
  const begin = async () => {
    const stream = await navigator.mediaDevices
      .getUserMedia({ audio: true })
      .catch((/** @type {unknown} */ error) => {
        tell(error instanceof DOMException && error.name === 'NotFoundError' ? 'none' : 'refused');
        return null;
      });
    if (!stream) return;
    pieces = [];
    seconds = 0;
    back.hidden = true;
    recorder = new MediaRecorder(stream, { mimeType: kind, audioBitsPerSecond: 48_000 });
    recorder.addEventListener('dataavailable', ({ data }) => data.size > 0 && pieces.push(data));
    recorder.addEventListener('stop', () => {
      for (const track of stream.getTracks()) track.stop();
      kept();
    });
    recorder.start(1_000);
    show();
    go('on');
  };
  const go = (/** @type {'on' | 'paused'} */ where) => {
    tell(where === 'on' ? 'running' : 'paused');
    if (where === 'on') offer('pause', 'stop');
    else offer('on', 'stop');
  };
  const deeds = {
    start: begin,
    again: begin,
    pause: () => (recorder?.pause(), go('paused')),
    on: () => (recorder?.resume(), go('on')),
    stop: () => recorder?.stop(),
  };
  for (const button of buttons)
    button.addEventListener(
      'click',
      () => void deeds[/** @type {keyof typeof deeds} */ (button.dataset.do)](),
    );
  setInterval(() => {
    if (recorder?.state !== 'recording') return;
    seconds++;
    show();
    if (seconds >= longest) recorder.stop();
  }, 1_000);
  form.addEventListener('submit', () => (unsent = false));
  const sending = /** @type {HTMLElement | null} */ (form.querySelector('[data-sending]'));
  if (sending) sendKindly(form, sending, (went) => (unsent = !went));
  // A voice that was told and not sent does not get lost by a slip of the thumb.
  addEventListener('beforeunload', (event) => unsent && event.preventDefault());
  panel.hidden = false;

  /**
   * Sends the form while its page stays open, so that a line that is down loses nothing: it is sent again when it is back. What is
   * refused is told on the page, and what was recorded is still there.
   */
  function sendKindly(
    /** @type {HTMLFormElement} */ form,
    /** @type {HTMLElement} */ sending,
    /** @type {(went: boolean) => void} */ told,
  ) {
    let busy = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let waiting;
    const problem = form.querySelector('[data-problem]');
    /** Tells the reason that the answer names, or the last one when it names none; without an answer nothing is refused. */
    const refuse = (/** @type {string | null} */ answer) => {
      const texts = /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll('[data-reason]'));
      const named = [...texts].find((text) => answer?.includes(`"${text.dataset.reason}"`));
      const shown = answer === null ? undefined : (named ?? [...texts].at(-1));
      for (const text of texts) text.hidden = text !== shown;
      problem?.toggleAttribute('hidden', !shown);
      if (shown && problem instanceof HTMLElement) problem.focus();
    };
    const send = async () => {
      if (busy) return;
      // What is too large would be sent for minutes and then be refused.
      if ((input?.files?.[0]?.size ?? 0) > Number(form.dataset.most))
        return refuse(`"${form.dataset.tooBig}"`);
      busy = true;
      clearTimeout(waiting);
      sending.textContent = form.dataset.underWay ?? '';
      const asked = { method: 'POST', body: new FormData(form), headers: { accept: 'application/json' } };
      const answer = await fetch(form.action, asked)
        .then((came) => came.json())
        .catch(() => null);
      busy = false;
      const went = answer?.type === 'redirect';
      told(went);
      if (went) return location.assign(answer.location);
      sending.textContent = answer ? '' : (form.dataset.away ?? '');
      refuse(answer && String(answer.data));
      if (!answer) waiting = setTimeout(send, 5_000);
    };
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void send();
    });
    addEventListener('online', () => waiting && void send());
  }
})();
