// A worker that all tabs of one user share: one stream to the server, whatever the number of tabs.
// A browser opens six connections to a server at most, and an open stream holds one of them.
const ports = new Set();
const TRY_AGAIN_AFTER = 10_000;
let source = null;
let wasOpen = false;

const tell = (fact) => { for (const port of ports) port.postMessage(fact); };

const listen = (address) => {
  if (source && source.readyState !== EventSource.CLOSED) return;
  source = new EventSource(address);
  source.onmessage = ({ data }) => tell(data);
  // Whatever was said while there was no stream; a page that comes later has read all but the call.
  source.onopen = () => {
    tell("call-changed");
    if (wasOpen) for (const fact of ["events-changed", "board-changed"]) tell(fact);
    wasOpen = true;
  };
  // A refusal, unlike a cut, the browser takes for final; but a proxy refuses while the server restarts.
  source.onerror = () => { if (source.readyState === EventSource.CLOSED) setTimeout(listen, TRY_AGAIN_AFTER, address); };
};

addEventListener("connect", ({ ports: [port] }) => {
  port.onmessage = ({ data }) => {
    if (!data) return ports.delete(port);
    ports.add(port);
    listen(data);
  };
});
