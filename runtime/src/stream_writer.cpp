// stream_writer.cpp - writes bytes to a stream
#include "aio/stream_writer.h"

namespace aio {

ExtraInfo StreamWriter::get_extra_info(std::string_view name) const {
    if (name == "fd" && transport_->fd() >= 0) return transport_->fd();
    if (name == "peername" && !transport_->peer_address().empty()) return transport_->peer_address();
    if (name == "sockname" && !transport_->local_address().empty()) return transport_->local_address();
    return {};
}

}  // namespace aio
