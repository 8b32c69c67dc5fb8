"""The tanh is missing, so the query has no effect on the softmax."""
# question: p8a
# caught by: test_formula, test_all_matter


class AdditiveAttention(keras.layers.Layer):
    def __init__(self, units, **options):
        super().__init__(**options)
        self.units = units
        self.query_layer = keras.layers.Dense(units, use_bias=False)
        self.value_layer = keras.layers.Dense(units, use_bias=False)
        self.score_layer = keras.layers.Dense(1, use_bias=False)

    def call(self, query, values, mask=None):
        queries = keras.ops.expand_dims(self.query_layer(query), 2)  # (batch, T, 1, units)
        keys = keras.ops.expand_dims(self.value_layer(values), 1)  # (batch, 1, S, units)
        scores = keras.ops.squeeze(self.score_layer(queries + keys), -1)  # (batch, T, S)
        if mask is not None:
            scores = keras.ops.where(keras.ops.expand_dims(mask, 1), scores, -1e9)
        weights = keras.ops.softmax(scores, axis=-1)  # (batch, T, S)
        return keras.ops.matmul(weights, values), weights

    def get_config(self):
        return {**super().get_config(), "units": self.units}

    def compute_mask(self, *arguments, **options):
        return None
