"""The weights come from add_weight in build, einsum in call, infinite scores by addition."""
# question: p8a
# caught by: nothing


class AdditiveAttention(keras.layers.Layer):
    def __init__(self, units, **options):
        super().__init__(**options)
        self.units = units

    def build(self, query_shape, values_shape=None, *others, **more):
        self.w_q = self.add_weight(shape=(query_shape[-1], self.units), name="w_q")
        self.w_v = self.add_weight(shape=(values_shape[-1], self.units), name="w_v")
        self.v = self.add_weight(shape=(self.units,), initializer="random_normal", name="v")

    def call(self, query, values, mask=None):
        hidden = keras.ops.tanh((query @ self.w_q)[:, :, None, :] + (values @ self.w_v)[:, None, :, :])
        scores = keras.ops.einsum("btsu,u->bts", hidden, self.v)
        if mask is not None:
            scores = scores - 1e9 * (1.0 - keras.ops.cast(mask, "float32"))[:, None, :]
        weights = keras.ops.exp(scores - keras.ops.max(scores, axis=-1, keepdims=True))
        weights = weights / keras.ops.sum(weights, axis=-1, keepdims=True)
        return keras.ops.einsum("bts,bsd->btd", weights, values), weights

    def get_config(self):
        return {**super().get_config(), "units": self.units}

    def compute_mask(self, *arguments, **options):
        return None
