// durable.h - makes what was written survive a power cut
#pragma once

namespace mirror {

/// Returns when the disk has what was written to the descriptor.
void make_durable(int descriptor);

}  // namespace mirror
